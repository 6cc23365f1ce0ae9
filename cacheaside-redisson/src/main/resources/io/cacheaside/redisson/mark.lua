-- Sets or prolongs a mark on keys, removes their values, revokes their leases and wakes waiters. Harmless when repeated
-- or late: it only removes, and the mark ends by itself.
-- KEYS  for each key: value, lease, waiter note, marks (hash: token -> deadline in ms since the epoch); or the marks of one
--       key alone, which then are all that is changed
-- ARGV  1 channel  2 token  3 lifetime of the mark in ms
-- returns  1
-- A hash of marks expires with its latest deadline, so that EXISTS tells whether any mark stands.
local time = redis.call('TIME')
local deadline = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3]
local function mark(marks)
  if redis.call('TYPE', marks).ok ~= 'hash' then
    -- missing, or garbage
    redis.call('DEL', marks)
  end
  redis.call('HSET', marks, ARGV[2], deadline)
  if redis.call('PTTL', marks) < tonumber(ARGV[3]) then
    redis.call('PEXPIREAT', marks, deadline)
  end
end

if #KEYS == 1 then
  mark(KEYS[1])
  return 1
end
for i = 1, #KEYS, 4 do
  mark(KEYS[i + 3])
  redis.call('DEL', KEYS[i], KEYS[i + 1])
  if redis.call('DEL', KEYS[i + 2]) == 1 then
    redis.pcall('PUBLISH', ARGV[1], KEYS[i])
  end
end
return 1
