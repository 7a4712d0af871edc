-- Lists are in the order of creation now, so only a user's memories are read by when they were said.
drop index memlane.memory_said;
