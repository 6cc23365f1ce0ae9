-- Frees each lease that is still its holder's and wakes its waiters. Harmless otherwise.
-- KEYS  for each key: value, lease, waiter note, marks (not used)
-- ARGV  1 channel, then for each key: lock name of the holder
-- returns  how many were freed
local freed = 0
for i = 1, #KEYS, 4 do
  if redis.call('HEXISTS', KEYS[i + 1], ARGV[(i + 3) / 4 + 1]) == 1 then
    redis.call('DEL', KEYS[i + 1])
    freed = freed + 1
    if redis.call('DEL', KEYS[i + 2]) == 1 then
      redis.pcall('PUBLISH', ARGV[1], KEYS[i])
    end
  end
end
return freed
