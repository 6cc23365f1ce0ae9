-- Registers keys in the indexes of tags. Repeated or late it only prolongs what it registers. Stores no value.
-- KEYS  the index of each tag (sorted set: key, scored by the end of its registration in ms since the epoch)
-- ARGV  1 how long in ms, then for each index: how many keys, and the keys
-- returns  1
local life = tonumber(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at = 2
for i = 1, #KEYS do
  local index = KEYS[i]
  local kind = redis.call('TYPE', index).ok
  if kind ~= 'zset' and kind ~= 'none' then
    -- garbage
    redis.call('DEL', index)
  end
  local added = {}
  for j = at + 1, at + ARGV[at] do
    added[#added + 1] = now + life
    added[#added + 1] = ARGV[j]
  end
  at = at + ARGV[at] + 1
  redis.call('ZADD', index, 'GT', unpack(added))
  -- a bounded number of those whose registration is over; only here does a key leave an index
  local over = redis.call('ZRANGEBYSCORE', index, '-inf', now, 'LIMIT', 0, 100 + #added)
  if #over > 0 then
    redis.call('ZREM', index, unpack(over))
  end
  if redis.call('PTTL', index) < life then
    redis.call('PEXPIRE', index, life)
  end
end
return 1
