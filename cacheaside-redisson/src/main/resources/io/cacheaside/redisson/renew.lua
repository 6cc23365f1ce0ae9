-- Prolongs each lease, and the note of its waiters with it, that is still its holder's.
-- KEYS  for each key: lease, waiter note
-- ARGV  1 lease in ms, then for each key: lock name of the holder
-- returns  for each key: 1 prolonged | 0 not the holder's
local answers = {}
for i = 1, #KEYS, 2 do
  local at = #answers + 1
  answers[at] = redis.call('HEXISTS', KEYS[i], ARGV[1 + at])
  if answers[at] == 1 then
    redis.call('PEXPIRE', KEYS[i], ARGV[1])
    redis.call('PEXPIRE', KEYS[i + 1], ARGV[1] + 1000)
  end
end
return answers
