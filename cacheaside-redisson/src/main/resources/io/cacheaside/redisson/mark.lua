-- Sets or prolongs a mark on keys, removes their values, revokes their leases and wakes waiters. Harmless when repeated
-- or late: it only removes, and the mark ends by itself.
-- KEYS  for each key: value, lease, waiter note, marks (hash: token -> deadline in ms since the epoch)
-- ARGV  1 channel  2 token  3 lifetime of the mark in ms
-- returns  1
-- A hash of marks expires with its latest deadline, so that EXISTS tells whether any mark stands.
local time = redis.call('TIME')
local deadline = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3]
for i = 1, #KEYS, 4 do
  if redis.call('TYPE', KEYS[i + 3]).ok ~= 'hash' then
    -- missing, or garbage
    redis.call('DEL', KEYS[i + 3])
  end
  redis.call('HSET', KEYS[i + 3], ARGV[2], deadline)
  if redis.call('PTTL', KEYS[i + 3]) < tonumber(ARGV[3]) then
    redis.call('PEXPIREAT', KEYS[i + 3], deadline)
  end
  redis.call('DEL', KEYS[i], KEYS[i + 1])
  if redis.call('DEL', KEYS[i + 2]) == 1 then
    redis.pcall('PUBLISH', ARGV[1], KEYS[i])
  end
end
return 1
