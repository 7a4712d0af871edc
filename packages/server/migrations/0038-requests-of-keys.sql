-- The requests of a key on a day, how many of them were answered with an error, and how many took how long: each element counts a
-- range of latencies, from the shortest.
alter table memlane.daily_usage add column requests bigint not null default 0;
alter table memlane.daily_usage add column errors bigint not null default 0;
alter table memlane.daily_usage add column latencies bigint[] not null default '{}';

-- Adds the elements of two arrays of counts, of which one may be shorter.
create function memlane.add_counts(a bigint[], b bigint[]) returns bigint[]
language sql immutable parallel safe
return array(
  select coalesce(x, 0) + coalesce(y, 0)
  from unnest(a, b) with ordinality as pair (x, y, place)
  order by place
);
