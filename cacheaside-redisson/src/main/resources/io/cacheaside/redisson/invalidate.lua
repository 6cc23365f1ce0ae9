-- Removes values, revokes their leases and wakes waiters. Harmless when repeated or late: it only removes.
-- KEYS  for each key: value, lease, waiter note
-- ARGV  1 channel
-- returns  1
for i = 1, #KEYS, 3 do
  redis.call('DEL', KEYS[i], KEYS[i + 1])
  if redis.call('DEL', KEYS[i + 2]) == 1 then
    redis.pcall('PUBLISH', ARGV[1], KEYS[i])
  end
end
return 1
