-- SPDX-License-Identifier: 0BSD
-- run sqlite :memory: ".read /rom/rows.sql": a hundred thousand rows in one transaction, and questions.
create table readings (id integer primary key, sensor text, value real);
begin;
insert into readings (sensor, value)
    with recursive n (i) as (values (1) union all select i + 1 from n where i < 100000)
    select 'sensor' || (i % 7), i * 0.5 from n;
commit;
create index by_sensor on readings (sensor);
select sensor, count(*), sum(value) from readings
    where sensor in ('sensor0', 'sensor6') group by sensor;
select count(*) from readings where value between 100 and 200;
