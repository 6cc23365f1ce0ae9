-- For each key stores a value if the lease is still the holder's and no mark stands, frees the lease and wakes waiters. With
-- replace.lua the only script that stores. Values of other versions of the type, which are there only while no invalidation has
-- come, stay beside the new one and live no longer than they would have; io.cacheaside.entry.Frames is the same in Java.
-- KEYS  for each key: value, lease, waiter note, marks
-- ARGV  1 channel, then for each key: lock name of the holder, frame, lifetime in ms
-- returns  for each key: 1 stored | 0 lease revoked, expired or lost: nothing stored | 2 a mark stands: nothing stored

-- bytes of the frame that begins at a position, 0 for none
local function size_at(bytes, at)
  if #bytes - at < 39 or string.sub(bytes, at, at + 2) ~= '\202\081\001' then
    return 0
  end
  local a, b, c, d = string.byte(bytes, at + 32, at + 35)
  local size = 40 + ((a * 256 + b) * 256 + c) * 256 + d
  if string.byte(bytes, at + 3) % 4 >= 2 then
    size = size + 32
  end
  return at + size - 1 <= #bytes and size or 0
end

-- frames of other flags or fingerprint than the new one's, three at most; an absence neither keeps others nor is kept
local function others(frame, stored)
  local kept, count, at = '', 0, 1
  if size_at(frame, 1) ~= #frame or string.byte(frame, 4) % 2 == 1 then
    return kept
  end
  local size = size_at(stored, at)
  while size > 0 and count < 3 do
    if string.byte(stored, at + 3) % 2 == 0 and string.sub(stored, at + 3, at + 11) ~= string.sub(frame, 4, 12) then
      kept = kept .. string.sub(stored, at, at + size - 1)
      count = count + 1
    end
    at = at + size
    size = size_at(stored, at)
  end
  return kept
end

local function fill(value, lease, note, marks, holder, frame, lifetime)
  local marked = redis.call('EXISTS', marks) == 1
  if redis.call('HEXISTS', lease, holder) == 0 then
    return marked and 2 or 0
  end
  -- most often there is no value yet
  if not marked and not redis.call('SET', value, frame, 'PX', lifetime, 'NX') then
    local stored = redis.pcall('GET', value)
    local kept = type(stored) == 'string' and others(frame, stored) or ''
    if kept ~= '' then
      local left = redis.call('PTTL', value)
      -- at least a millisecond: one that ends now has not ended for Redis, and its key would stay for ever
      lifetime = left < 0 and lifetime or math.max(1, math.min(left, tonumber(lifetime)))
    end
    redis.call('SET', value, frame .. kept, 'PX', lifetime)
  end
  -- the lease is there; the note is where somebody waits
  if redis.call('DEL', lease, note) == 2 then
    -- an ACL may forbid PUBLISH; what was done above stays done
    redis.pcall('PUBLISH', ARGV[1], value)
  end
  return marked and 2 or 1
end

local answers = {}
for i = 1, #KEYS, 4 do
  local at = #answers * 3 + 2
  answers[#answers + 1] =
    fill(KEYS[i], KEYS[i + 1], KEYS[i + 2], KEYS[i + 3], ARGV[at], ARGV[at + 1], ARGV[at + 2])
end
return answers
