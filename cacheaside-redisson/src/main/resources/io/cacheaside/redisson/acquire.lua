-- Looks at the value and takes the lease, or notes a waiter, in one step. Harmless when repeated by the holder.
-- KEYS  1 value  2 lease (hash of Redisson's RLock)  3 waiter note  4 marks
-- ARGV  1 lease in ms  2 lock name of the holder  3 '1' to look at the value first
-- returns  the value (bulk) | -1 lease taken | -2 a mark stands | remaining ms of somebody else's lease
if ARGV[3] == '1' then
  local value = redis.pcall('GET', KEYS[1])
  if type(value) == 'string' then
    return value
  end
end
if redis.call('EXISTS', KEYS[4]) == 1 then
  return -2
end
if redis.call('EXISTS', KEYS[2]) == 0 or redis.call('HEXISTS', KEYS[2], ARGV[2]) == 1 then
  redis.call('HSET', KEYS[2], ARGV[2], '1')
  redis.call('PEXPIRE', KEYS[2], ARGV[1])
  return -1
end
local remaining = redis.call('PTTL', KEYS[2])
if remaining < 0 then
  -- a lock without expiry, which only a foreign owner makes
  remaining = tonumber(ARGV[1])
end
-- the note outlives the lease a little, so that no holder who is just in time overlooks it
redis.call('SET', KEYS[3], '1', 'PX', remaining + 1000)
return remaining
