-- For each key looks at the value and takes the lease, or notes a waiter, in one step. Harmless when repeated by the holders.
-- KEYS  for each key: value, lease (hash of Redisson's RLock), waiter note, marks
-- ARGV  1 lease in ms  2 '1' to look at the values first, then for each key: lock name of the holder
-- returns  for each key: the value (bulk) | -1 lease taken | -2 a mark stands | remaining ms of somebody else's lease
local function acquire(value, lease, note, marks, holder)
  if ARGV[2] == '1' then
    local stored = redis.pcall('GET', value)
    if type(stored) == 'string' then
      return stored
    end
  end
  if redis.call('EXISTS', marks) == 1 then
    return -2
  end
  if redis.call('EXISTS', lease) == 0 or redis.call('HEXISTS', lease, holder) == 1 then
    redis.call('HSET', lease, holder, '1')
    redis.call('PEXPIRE', lease, ARGV[1])
    return -1
  end
  local remaining = redis.call('PTTL', lease)
  if remaining < 0 then
    -- a lock without expiry, which only a foreign owner makes
    remaining = tonumber(ARGV[1])
  end
  -- the note outlives the lease a little, so that no holder who is just in time overlooks it
  redis.call('SET', note, '1', 'PX', remaining + 1000)
  return remaining
end

local answers = {}
for i = 1, #KEYS, 4 do
  local at = #answers + 1
  answers[at] = acquire(KEYS[i], KEYS[i + 1], KEYS[i + 2], KEYS[i + 3], ARGV[2 + at])
end
return answers
