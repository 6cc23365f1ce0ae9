-- Prolongs the lease, and the note of its waiters with it, if it is still the holder's.
-- KEYS  1 lease  2 waiter note
-- ARGV  1 lock name of the holder  2 lease in ms
-- returns  1 prolonged | 0 not the holder's
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return 0
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2] + 1000)
return 1
