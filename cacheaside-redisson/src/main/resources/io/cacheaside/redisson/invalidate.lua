-- Removes values, revokes their leases and wakes waiters; drops a mark and sets a settle mark where asked. Harmless when
-- repeated or late: it only removes.
-- KEYS  for each key: value, lease, waiter note, marks (hash: token -> deadline in ms since the epoch)
-- ARGV  1 channel, then for each key, or for none: token of the mark to drop ('' for none), ms to settle (0 for none)
-- returns  1
local now = 0
local function change(marks, token, settle)
  if now == 0 then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  if redis.call('TYPE', marks).ok ~= 'hash' then
    -- missing, or garbage
    redis.call('DEL', marks)
  end
  if token ~= '' then
    redis.call('HDEL', marks, token)
  end
  if settle > 0 then
    local old = tonumber(redis.call('HGET', marks, 'settle')) or 0
    redis.call('HSET', marks, 'settle', math.max(old, now + settle))
  end
  -- what is over goes, and the hash expires with its latest deadline
  local fields = redis.call('HGETALL', marks)
  local latest = 0
  for i = 1, #fields, 2 do
    local deadline = tonumber(fields[i + 1]) or 0
    if deadline <= now then
      redis.call('HDEL', marks, fields[i])
    else
      latest = math.max(latest, deadline)
    end
  end
  if latest > 0 then
    redis.call('PEXPIREAT', marks, latest)
  end
end

for i = 1, #KEYS, 4 do
  redis.call('DEL', KEYS[i], KEYS[i + 1])
  local argument = (i + 1) / 2 + 1
  local token, settle = ARGV[argument] or '', tonumber(ARGV[argument + 1] or 0)
  if token ~= '' or settle > 0 then
    change(KEYS[i + 3], token, settle)
  end
  if redis.call('DEL', KEYS[i + 2]) == 1 then
    redis.pcall('PUBLISH', ARGV[1], KEYS[i])
  end
end
return 1
