-- Puts the value of a write in the place of whatever is there, all versions, if the lease is still the holder's and no mark
-- stands; otherwise removes what is there and revokes the lease, as invalidate.lua does. Wakes waiters. Beside fill.lua the
-- only script that stores. Repeated or late it only removes: the lease is gone, unless nobody has written meanwhile.
-- KEYS  1 value  2 lease  3 waiter note  4 marks
-- ARGV  1 lock name of the holder  2 frame  3 lifetime in ms  4 channel
-- returns  1 stored | 0 removed
local stored = redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[4]) == 0
if stored then
  -- a server without memory refuses to store, but not to delete
  stored = redis.pcall('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]).ok ~= nil
end
if stored then
  redis.call('DEL', KEYS[2])
else
  redis.call('DEL', KEYS[1], KEYS[2])
end
if redis.call('DEL', KEYS[3]) == 1 then
  redis.pcall('PUBLISH', ARGV[4], KEYS[1])
end
return stored and 1 or 0
