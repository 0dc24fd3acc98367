/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What must be seen nowhere. test.sh searches for each value in every form that people print. */
#ifndef TESTS_BOOT_SECRETS_CANARY_H
#define TESTS_BOOT_SECRETS_CANARY_H

#define CANARY_CODE   UINT32_C(1590301415)
#define CANARY_OTHER  UINT32_C(1733121717)
#define CANARY_FORBID UINT32_C(4126974252)
/* 64 bytes each. */
#define CANARY_KEY    "CaNaRyOfTheVault1CaNaRyOfTheVault2CaNaRyOfTheVault3CaNaRyOfTheV4"
#define CANARY_SECRET "HuShHuShOfTheKey1HuShHuShOfTheKey2HuShHuShOfTheKey3HuShHuShOfT4"
#define CANARY_RANDOM "DiCeWeReThrownH1DiCeWeReThrownH2DiCeWeReThrownH3DiCeWeReThrown4!"
#define CANARY_BYTES  64u

#endif
