-- Removes values, revokes their leases and wakes waiters; drops a mark and sets a settle mark where asked. Harmless when
-- repeated or late: it only removes.
-- KEYS  for each key: value, lease, waiter note, marks (hash: token -> deadline in ms since the epoch); or the marks of one
--       key alone, which then are all that is changed
-- ARGV  1 channel, then for each key, or for none: token of the mark to drop ('' for none), ms to settle (0 for none)
-- returns  1
local now = 0
local function change(marks, token, settle)
  if now == 0 then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
  end
  local kind = redis.call('TYPE', marks).ok
  local fields = kind == 'hash' and redis.call('HGETALL', marks) or {}
  local over, settled, latest = {}, now + settle, 0
  for i = 1, #fields, 2 do
    local deadline = tonumber(fields[i + 1]) or 0
    if fields[i] == 'settle' and settle > 0 then
      settled = math.max(settled, deadline)
    elseif fields[i] == token or deadline <= now then
      over[#over + 1] = fields[i]
    else
      latest = math.max(latest, deadline)
    end
  end
  if settle > 0 then
    latest = math.max(latest, settled)
  end
  if latest == 0 then
    redis.call('DEL', marks)
    return
  end
  -- from here on the hash is never empty: where its slot moves nobody may look at a key that has gone
  if kind ~= 'hash' then
    redis.call('DEL', marks)
  end
  if settle > 0 then
    redis.call('HSET', marks, 'settle', settled)
  end
  for i = 1, #over do
    redis.call('HDEL', marks, over[i])
  end
  -- the hash expires with its latest deadline
  redis.call('PEXPIREAT', marks, latest)
end

if #KEYS == 1 then
  change(KEYS[1], ARGV[2], tonumber(ARGV[3]))
  return 1
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
