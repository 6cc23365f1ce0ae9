-- Frees the lease if it is still the holder's and wakes waiters. Harmless otherwise.
-- KEYS  1 value  2 lease  3 waiter note  (4 marks: not used)
-- ARGV  1 lock name of the holder  2 channel
-- returns  1 freed | 0 not the holder's
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then
  return 0
end
redis.call('DEL', KEYS[2])
if redis.call('DEL', KEYS[3]) == 1 then
  redis.pcall('PUBLISH', ARGV[2], KEYS[1])
end
return 1
