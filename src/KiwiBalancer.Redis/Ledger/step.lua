-- One step of the ledger: the port of LedgerStep.cs, line by line where it can be. The protocol stands in README.md beside it; a test compares the two field by field.
-- Runs on Lua 5.1 (Redis, Valkey) and later ones: whole numbers are written with %d, fractions with all their digits, and no sum of fractions is taken, so that no order matters.
--
-- KEYS[1]  the ledger: a hash with the header in '#' and one field for each node. Pushes go to the channel KEYS[1]:<node>.
-- ARGV     node seq run held echo inFlight demand weight satisfied satisfiedWeight limit ttl linger isLeaving
-- Returns  seq isRefused cap ttl run exp limit level retryAfter isQuarantined isRecalled

local key, node = KEYS[1], ARGV[1]
local MOST_CREDIT, NODES_PER_MILLISECOND = 4, 20

local report = {
    seq = tonumber(ARGV[2]), run = ARGV[3], held = tonumber(ARGV[4]), echo = tonumber(ARGV[5]), inFlight = tonumber(ARGV[6]), demand = tonumber(ARGV[7]), weight = tonumber(ARGV[8]),
    satisfied = tonumber(ARGV[9]), satisfiedWeight = tonumber(ARGV[10]), limit = tonumber(ARGV[11]), ttl = tonumber(ARGV[12]), linger = tonumber(ARGV[13]), isLeaving = tonumber(ARGV[14]),
}

-- What is stored ---------------------------------------------------------------------------------------------------------------------------------------------------------

local HEADER = { 'now', 'quarantineFrom', 'quarantineEnd', 'limit', 'sumHold', 'nextRecompute', 'lastRecompute', 'level', 'contested' }
local ENTRY = {
    'seq', 'exp', 'till', 'cap', 'hold', 'limit', 'demand', 'weight', 'satisfied', 'satisfiedWeight', 'target', 'ideal', 'credit', 'isContender', 'isAsked', 'isLeaving',
}

local function decode(text, fields)
    local made, place = {}, 0
    for word in string.gmatch(text, '%S+') do
        place = place + 1
        made[fields[place]] = tonumber(word)
    end
    return made
end

local function encodeHeader(s)
    return string.format('%d %d %d %d %d %d %d %.17g %d', s.now, s.quarantineFrom, s.quarantineEnd, s.limit, s.sumHold, s.nextRecompute, s.lastRecompute, s.level, s.contested)
end

local function encodeEntry(e)
    return string.format('%d %d %d %d %d %d %d %d %d %d %d %.17g %.17g %d %d %d', e.seq, e.exp, e.till, e.cap, e.hold, e.limit, e.demand, e.weight, e.satisfied, e.satisfiedWeight,
        e.target, e.ideal, e.credit, e.isContender, e.isAsked, e.isLeaving)
end

-- What the engine knows of itself ------------------------------------------------------------------------------------------------------------------------------------

local function clock()
    local time = redis.call('TIME')
    return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- Since when this engine has surely forgotten nothing: its start, unless keys were flushed or evicted since, or it was another's replica, or will not say.
local function memorySince(now)
    local info = redis.call('INFO', 'all')
    local uptime = tonumber(string.match(info, 'uptime_in_seconds:(%d+)'))
    local isSure = uptime and string.find(info, 'evicted_keys:0\r', 1, true) and string.find(info, 'second_repl_offset:-1\r', 1, true) and string.find(info, 'cmdstat_', 1, true)
        and not (string.find(info, 'cmdstat_flush', 1, true) or string.find(info, 'cmdstat_swapdb', 1, true) or string.find(info, 'resetstat', 1, true))
    return isSure and now - uptime * 1000 or now
end

local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if not run then
    return redis.error_reply('KIWI this engine does not tell its run_id in INFO server; without it a restart cannot be told from a pause')
end

-- Targets --------------------------------------------------------------------------------------------------------------------------------------------------------------------

local state, nodes = nil, {}

local function isLive(e)
    return e.exp > state.now and e.isLeaving == 0
end

local function short(e)
    return math.max(0, math.min(e.demand, e.target) - e.cap)
end

local function part(e, level)
    return math.min(e.weight * level, e.satisfied + (e.weight - e.satisfiedWeight) * level)
end

local function findLevel(live, limit)
    local level = 0
    while true do
        local used, slope = 0, 0
        for _, e in pairs(live) do
            local steep, flat = e.weight * level, e.satisfied + (e.weight - e.satisfiedWeight) * level
            if e.demand <= math.min(steep, flat) then
                used = used + e.demand
            elseif flat < steep then
                used = used + e.satisfied
                slope = slope + e.weight - e.satisfiedWeight
            else
                slope = slope + e.weight
            end
        end
        local following = slope == 0 and level or (limit - used) / slope
        if following <= level then
            return level
        end
        level = following
    end
end

-- Charges contenders with what they have held since the last time.
local function account(quantum)
    if state.contested == 0 then
        return
    end
    local held = 0
    for _, e in pairs(nodes) do
        if e.isContender == 1 and isLive(e) then
            held = held + e.hold
        end
    end
    local quanta = (state.now - state.lastRecompute) / quantum
    for _, e in pairs(nodes) do
        if e.isContender == 1 and isLive(e) then
            local credit = e.credit + (e.ideal * held / state.contested - e.hold) * quanta
            e.credit = math.min(MOST_CREDIT, math.max(-MOST_CREDIT, credit))
        end
    end
end

-- Whole slots: the integer part of each ideal, and the rest to those with the largest fraction and credit.
local function round(live, limit)
    local left, claims = limit, {}
    for id, e in pairs(live) do
        local whole = math.floor(e.ideal + 1e-9)
        local fraction = e.ideal - whole
        left = left - whole
        if fraction > 0 then
            claims[#claims + 1] = { id = id, key = fraction + e.credit + (e.target > whole and 1 or 0) }
        end
        e.target = whole
    end
    table.sort(claims, function(x, y)
        if x.key ~= y.key then
            return x.key > y.key
        end
        return x.id < y.id
    end)
    for place = 1, math.min(left, #claims) do
        local e = live[claims[place].id]
        e.target = e.target + 1
    end
end

local function recompute(quantum)
    local count = 0
    for id, e in pairs(nodes) do
        if e.till <= state.now then
            nodes[id] = nil
            state.sumHold = state.sumHold - e.hold
            redis.call('HDEL', key, id)
        else
            count = count + 1
        end
    end
    account(quantum)

    local live, limit, demand, weight = {}, nil, 0, 0
    for id, e in pairs(nodes) do
        if isLive(e) then
            live[id] = e
            limit = math.min(limit or e.limit, e.limit)
            demand = demand + e.demand
            weight = weight + e.weight
        else
            e.cap, e.target, e.ideal, e.credit, e.isContender = 0, 0, 0, 0, 0
        end
    end
    state.limit = limit or state.limit
    local isContended = demand > state.limit
    state.level = isContended and findLevel(live, state.limit) or -1
    state.contested = isContended and state.limit or 0
    for _, e in pairs(live) do
        e.isContender = 0
        if not isContended then
            e.ideal = e.demand + (state.limit - demand) * e.weight / weight
            e.credit = 0
        elseif e.demand <= part(e, state.level) + 1e-9 then
            e.ideal = e.demand
            e.credit = 0
            state.contested = state.contested - e.demand
        else
            e.ideal = part(e, state.level)
            e.isContender = 1
        end
    end
    round(live, state.limit)
    state.lastRecompute = state.now
    state.nextRecompute = state.now + math.floor(count / NODES_PER_MILLISECOND)
end

-- Sharing --------------------------------------------------------------------------------------------------------------------------------------------------------------------

local function push(id, e)
    redis.call('PUBLISH', key .. ':' .. id, string.format('%d %d', e.cap, e.seq))
end

-- The others, those with the most first, as they are now.
local function sorted(others, by)
    local list = {}
    for id, e in pairs(others) do
        list[#list + 1] = { id = id, e = e, amount = by(e) }
    end
    table.sort(list, function(x, y)
        if x.amount ~= y.amount then
            return x.amount > y.amount
        end
        return x.id < y.id
    end)
    return list
end

-- Takes back what others than the reporter have above their part, as far as somebody lacks it, and hands out what is free. Returns whether anybody lacks slots.
local function share()
    local others, missing, excess = {}, 0, -state.limit
    for id, e in pairs(nodes) do
        if isLive(e) then
            missing = missing + short(e)
            excess = excess + e.cap
            if id ~= node then
                others[id] = e
            end
        end
    end
    excess = excess + missing
    if missing == 0 and excess <= 0 then
        return false
    end

    local lacking = sorted(others, short)
    for _, item in ipairs(sorted(others, function(e) return e.cap - e.target end)) do
        local e = item.e
        local taken = math.min(math.max(0, excess), math.max(0, item.amount))
        local isShort = short(e) > 0
        excess = excess - taken
        local cap = e.cap - taken
        if taken > 0 or (e.hold > cap and e.isAsked == 0 and not isShort) then
            e.cap = cap
            e.isAsked = 1
            push(item.id, e)
        end
    end

    for _, item in ipairs(lacking) do
        local e, free = item.e, state.limit - state.sumHold
        if item.amount == 0 or free < 0 then
            break
        end
        local cap = math.min(e.cap + item.amount, e.hold + free)
        if cap > e.cap then
            local hold = math.max(e.hold, cap)
            state.sumHold = state.sumHold + hold - e.hold
            e.cap = cap
            e.hold = hold
            push(item.id, e)
        end
    end
    return true
end

-- The step -------------------------------------------------------------------------------------------------------------------------------------------------------------------

local stored = redis.call('HMGET', key, '#', node)
local storedRun = stored[1] and string.match(stored[1], '^%S+')
local isNew = storedRun ~= run
if isNew then
    local now = clock()
    local from = stored[1] and now or memorySince(now)
    redis.call('DEL', key)
    stored[2] = false
    state = { now = now, quarantineFrom = from, quarantineEnd = from, limit = report.limit, sumHold = 0, nextRecompute = 0, lastRecompute = now, level = -1, contested = 0 }
else
    state = decode(string.sub(stored[1], #run + 2), HEADER)
    state.now = math.max(clock(), state.now)
end

local function quarantine()
    state.quarantineEnd = math.max(state.quarantineEnd, state.quarantineFrom + report.ttl + report.linger)
end

if isNew or state.now < state.quarantineEnd then
    quarantine()
end

local known = stored[2] and decode(stored[2], ENTRY)
if known and known.till <= state.now then
    state.sumHold = state.sumHold - known.hold
    redis.call('HDEL', key, node)
    known = nil
end

local function save()
    redis.call('HSET', key, '#', run .. ' ' .. encodeHeader(state))
end

if known and report.seq <= known.seq then
    save()
    return { report.seq, 1, 0, 0, run, 0, state.limit, '-1', 0, 0, 0 }
end

if not known and report.held > 0 and report.run == run and report.echo > state.now and state.now >= state.quarantineEnd then
    state.quarantineFrom, state.quarantineEnd = state.now, state.now
    quarantine()
end

local isQuarantined = state.now < state.quarantineEnd
local held = isQuarantined and report.held or math.min(report.held, known and known.hold or 0)
local bound = report.isLeaving == 1 and report.inFlight or math.max(held, report.inFlight)
local own = {
    seq = report.seq, exp = state.now + report.ttl, till = state.now + report.ttl + report.linger, cap = known and known.cap or 0, hold = bound, limit = report.limit,
    demand = report.isLeaving == 1 and 0 or report.demand, weight = report.weight, satisfied = report.satisfiedWeight < report.weight and report.satisfied or report.demand,
    satisfiedWeight = report.satisfiedWeight, target = known and known.target or 0, ideal = known and known.ideal or 0, credit = known and known.credit or 0,
    isContender = known and known.isContender or 0, isAsked = 0, isLeaving = report.isLeaving,
}
state.sumHold = state.sumHold - (known and known.hold or 0) + bound

local before = {}
local isDue = state.now >= state.nextRecompute or report.limit < state.limit
if isDue then
    local all = redis.call('HGETALL', key)
    for place = 1, #all, 2 do
        if all[place] ~= '#' and all[place] ~= node then
            before[all[place]] = all[place + 1]
            nodes[all[place]] = decode(all[place + 1], ENTRY)
        end
    end
    nodes[node] = own
    recompute(math.max(1, math.floor(report.ttl / 6)))
end

local free = math.max(0, state.limit - (state.sumHold - bound))
local cap
if report.isLeaving == 1 then
    cap = 0
elseif not isQuarantined then
    cap = math.min(own.target, free)
elseif isDue and bound > free then
    cap = math.min(held, own.target)
else
    cap = held
end
own.cap = cap
own.hold = math.max(cap, bound)
state.sumHold = state.sumHold - bound + own.hold

local isSomeoneShort = not isDue
if isDue and not isQuarantined then
    isSomeoneShort = share()
end

nodes[node] = nil
for id, e in pairs(nodes) do
    local text = encodeEntry(e)
    if text ~= before[id] then
        redis.call('HSET', key, id, text)
    end
end
redis.call('HSET', key, node, encodeEntry(own))
save()

local retryAfter = 0
if isQuarantined then
    retryAfter = state.quarantineEnd - state.now
elseif not isDue and (short(own) > 0 or not known or own.hold < known.hold) then
    retryAfter = state.nextRecompute - state.now
end
return {
    report.seq, 0, cap, report.ttl, run, own.exp, state.limit, string.format('%.17g', state.level), retryAfter, isQuarantined and 1 or 0, isSomeoneShort and own.hold > cap and 1 or 0,
}
