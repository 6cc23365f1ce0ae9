-- Stores a value if the lease is still the holder's and no mark stands, frees the lease and wakes waiters. The only
-- script that stores.
-- KEYS  1 value  2 lease  3 waiter note  4 marks
-- ARGV  1 lock name of the holder  2 frame  3 lifetime in ms  4 channel
-- returns  1 stored | 0 lease revoked, expired or lost: nothing stored | 2 a mark stands: nothing stored
local marked = redis.call('EXISTS', KEYS[4]) == 1
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then
  return marked and 2 or 0
end
if not marked then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
end
redis.call('DEL', KEYS[2])
if redis.call('DEL', KEYS[3]) == 1 then
  -- an ACL may forbid PUBLISH; what was done above stays done
  redis.pcall('PUBLISH', ARGV[4], KEYS[1])
end
return marked and 2 or 1
