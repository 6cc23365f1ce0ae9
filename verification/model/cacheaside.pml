/* The protocol on one key, for Spin. docs/consistency.md tells it in words; the script "check" beside this file runs the
   configurations and the mutants.

   Two JVMs. Readers: two in JVM 0 (with FEW only one), one in JVM 1, RC calls each; with SINGLE only that in JVM 1. Writers: one
   writes WC times, with W2 a second one writes once; both are in JVM 0. A lease may expire once at any time.

   THROUGH says which writers write through: 1 the first, 2 the second, 3 both. Such a one takes the lease before it reads
   anything, if that is free, and REPLACEs the value after its commit. What it stores has the writes that it had read and its
   own, but none in between. So values are sets of writes here, a bit for each, and T1 wants each acknowledged one.

   Checked
   T1    a read never returns less than what had been acknowledged before it began        (assert in Reader)
   rest  when all is done the cache is empty or equal to the database                      (assert in init)

   What may happen
   CRASH     a writer may die once after its commit
   TIMEOUT   an INVALIDATE may get no answer; it executes late or never
   LATE      a FILL may execute later than its caller waits
   SNAPSHOT  the reader of JVM 1 runs in a transaction that sees the database as it was when it began
   FAILOVER  a replica takes over once, with the value and the lease as they were at some earlier time; JVM 0 notices later,
             and no answer of the new master is handed on in JVM 0 before that. JVM 1 is promised nothing until all rests
   ROLLBACK  a write may roll back
   CONTEXT   the reader of JVM 1 has a persistence context that was opened earlier and knows the row as it was then

   What the protocol has against it
   STRICT    a mark before the commit forbids leases until it is removed; a dead writer's mark ends after the commit
             (a premise)
   OUTBOX    a row in the business transaction; a relay, which may die once, invalidates and then deletes it
   JOURNAL   this JVM repeats an unanswered INVALIDATE and bypasses the cache until it is acknowledged; with FAILOVER also the
             acknowledged ones when it notices, and no answer is used that was asked for before
   GUARD     a read in a transaction neither fills nor shares
   FRESH     the load has a persistence context of its own

   With SWEEP the writers and the retry remove the key as one of a whole cache, which nobody has named: a pass over the leases
   and then one over the values look whether it is there, and what is found is removed in a later step.

   TAGS says that writers invalidate a tag of the key: they read its index, in a step of its own, and INVALIDATE what it has. A
   load registers the key there, and begins when that is acknowledged. With EVICTED the index may be lost once.

   Everything else that is defined is a mutant; "check" says what it breaks. */

#ifndef RC
#define RC 1
#endif
#ifndef WC
#define WC 1
#endif
#ifdef W2
#define WRITERS 2
#else
#define WRITERS 1
#endif
#ifdef SINGLE
#define READERS 1
#elif defined(FEW)
#define READERS 2
#else
#define READERS 3
#endif
#define NONE 255
#define FLIGHTS 10

byte db = 0;                 /* version in the database */
byte V = NONE;               /* the value */
byte L = 0;                  /* the lease's holder, 0: free */
byte M = 0;                  /* the marks, a bit for each writer */
byte rows = 0;               /* the outbox, a bit for each version */
byte journal = 0;            /* version of JVM 0's unconfirmed write, 0: none */

byte acked = 0;              /* highest version whose write has returned and was acknowledged */
byte own = 0;                /* highest version whose write has returned in JVM 0 */
byte writersDone = 0, readersDone = 0;
bool crashed = false, relayDied = false, relayDone = false, retryDone = false;

#ifdef TAGS
bool index = false;          /* the key is registered under its tag */
#endif

#ifdef FAILOVER
byte copyV = NONE, copyL = 0;        /* what the replica has */
bool tookOver = false, noticed = false;
byte noted = 0;              /* highest version whose INVALIDATE was about to be sent */
byte doubts = 0;             /* how often acknowledged removals came into doubt */
#define HANDED_ON (!fromNew || noticed || j == 1)
#define IN_DOUBT (j == 0 && since != doubts)
#else
#define noticed true
#endif

byte open[2];                /* the flight of each JVM that can be joined, 0: none */
byte flights = 0;
byte clock[FLIGHTS];         /* operations of a flight that were sent */
byte producedBy[FLIGHTS];    /* the one that produced its value */
byte val[FLIGHTS];
bool landed[FLIGHTS], accepted[FLIGHTS];

#ifdef TOKEN_REUSE
#define HOLDER (j + 1)
#else
#define HOLDER f
#endif

#ifdef INV_KEEPS_LEASE
#define INVALIDATE V = NONE
#else
#define INVALIDATE V = NONE; L = 0
#endif

#ifdef SWEEP
#define LEASED (L != 0)
#define STORED (V != NONE)
#ifdef VALUES_BEFORE_LEASES
#define FIRST_PASS STORED
#define SECOND_PASS LEASED
#elif defined(VALUES_ONLY)
#define FIRST_PASS false
#define SECOND_PASS STORED
#else
#define FIRST_PASS LEASED
#define SECOND_PASS STORED
#endif
inline pass(names)
{
    found = names;
    atomic { if :: found -> INVALIDATE :: else fi; found = false }
}
inline remove() { pass(FIRST_PASS); pass(SECOND_PASS) }
#else
inline remove() { atomic { INVALIDATE } }
#endif

#ifdef SHARED_MARK
#define BIT 1
#else
#define BIT mark
#endif

#ifdef MARK_KEEPS_LEASE
#define MARK M = M | BIT; V = NONE
#else
#define MARK M = M | BIT; V = NONE; L = 0
#endif

#define ROW(version) (1 << (version))

#ifdef THROUGH
#define WRITES_THROUGH ((THROUGH & mark) != 0)
#define WRITER_HOLDER (FLIGHTS + 4 * n + mark)
#ifdef VOID_REPLACE_LEAVES_VALUE
#define NOT_REPLACED L = 0
#elif defined(VOID_REPLACE_LEAVES_LEASE)
#define NOT_REPLACED V = NONE
#else
#define NOT_REPLACED V = NONE; L = 0
#endif
#ifdef REPLACE_ANYWAY
#define REPLACE(holder, x) V = x; L = 0; stored = true
#else
#define REPLACE(holder, x) if :: L == holder && M == 0 -> V = x; L = 0; stored = true :: else -> NOT_REPLACED fi
#endif
#endif

inline raise(what, to) { if :: to > what -> what = to :: else fi }

#ifdef THROUGH
#define ROW_NOW ((1 << (db + 1)) - 1)
#define COVERS(what) (((what) & floor) == floor)
#define know(what, version) what = what | (1 << (version))
#define add(what, more) what = what | more
#else
#define ROW_NOW db
#define COVERS(what) ((what) >= floor)
#define know(what, version) raise(what, version)
#define add(what, more) raise(what, more)
#endif

#define returns(what) assert(exempt || COVERS(what))      /* T1 */

proctype LateFill(byte holder; byte x)
{
    atomic { if :: L == holder && M == 0 -> V = x; L = 0 :: else fi }
}

#ifdef THROUGH
proctype LateReplace(byte holder; byte x) { bool stored; atomic { REPLACE(holder, x) } }
#endif

#ifdef FAILOVER
/* nobody frees the lease of a flight that is over */
proctype RevivedLeaseEnds(byte holder) { d_step { if :: L == holder -> L = 0 :: else fi } }

proctype Failover()
{
    d_step { copyV = V; copyL = L }
    atomic { V = copyV; L = copyL; tookOver = true; if :: L != 0 -> run RevivedLeaseEnds(L) :: else fi }
    d_step {
#ifndef NO_REPEAT
        raise(journal, noted);
#endif
        doubts++;
        noticed = true
    }
}
#endif

#ifdef TAGS
proctype LateTag() { index = true }
#endif
#ifdef EVICTED
proctype Eviction() { index = false }
#endif

proctype LateInvalidate() { atomic { INVALIDATE } }

proctype MarkEnds(byte mark) { M = M & ~BIT }

proctype Reader(byte j; byte calls)
{
    byte floor, f, at, x, snap, tries;
    bool lead, ok, leased, exempt;
#ifdef TAGS
    bool tagged;
#endif
#ifdef FAILOVER
    byte since;
    bool fromNew;
#endif

#ifdef CONTEXT
    snap = ROW_NOW;               /* an earlier statement of the same request */
#endif
    do
    :: calls > 0 ->
#ifdef SNAPSHOT
        snap = ROW_NOW;
#endif
        atomic {
            calls--;
            tries = 0;
#ifdef FAILOVER
            floor = 0;
#else
            floor = acked;
#endif
            if :: j == 0 -> add(floor, own) :: else fi
        }
again:
        assert(tries <= 4);
#if defined(SNAPSHOT) && defined(GUARD)
        if :: j == 1 -> goto done :: else fi;
#endif
#if defined(JOURNAL) && !defined(NO_BYPASS)
        atomic {
#ifdef FAILOVER
            since = doubts;
#endif
            if :: j == 0 && journal != 0 -> goto bypass :: else fi
        };
#endif
#ifdef FAILOVER
        atomic { tries++; x = V; fromNew = tookOver };
        atomic {
#ifndef ANSWER_BEFORE_NOTICE
            HANDED_ON;
#endif
            if
#ifdef NO_DOUBT_READ
            :: x != NONE -> returns(x); goto done
#else
            :: x != NONE && !IN_DOUBT -> returns(x); goto done
#endif
            :: else
            fi
        };
#else
        atomic { tries++; if :: V != NONE -> returns(V); goto done :: else fi };
#endif
        atomic {
            if
            :: open[j] != 0 -> f = open[j]; at = clock[f]; lead = false
            :: else ->
                flights++;
                f = flights;
                assert(f < FLIGHTS);
                open[j] = f;
                lead = true
            fi
        }
        if
        :: !lead ->
            atomic {
                landed[f];
#if defined(JOIN_ANY)
                returns(val[f]); goto done
#elif defined(ALWAYS_EARLY)
                if :: accepted[f] || at <= producedBy[f] -> returns(val[f]); goto done :: else -> goto again fi
#else
                if :: accepted[f] || at < producedBy[f] -> returns(val[f]); goto done :: else -> goto again fi
#endif
            }
        :: lead ->
#ifdef FAILOVER
            atomic { since = doubts; if :: j == 0 && journal != 0 -> leased = false; goto load :: else fi };
#endif
#ifdef TAGS
#ifdef TAG_NOT_WAITED_FOR
            run LateTag();
#elif !defined(TAG_AFTER_LOAD)
            if :: atomic { index = true; tagged = true } :: skip fi;   /* TAG travels with ACQUIRE: either executes first */
#endif
#endif
acquire:
            atomic {                           /* contended: wait for a wake-up or the lease's end; then send it */
                (L == 0 || V != NONE) -> clock[f]++
            }
            atomic {                           /* it looks at V and takes the lease in one step */
                if
#ifdef FAILOVER
                :: V != NONE -> x = V; ok = false; producedBy[f] = clock[f]; fromNew = tookOver; goto found
#else
                :: V != NONE -> x = V; ok = false; producedBy[f] = clock[f]; goto land
#endif
                :: V == NONE && L != 0 -> goto acquire
                :: V == NONE && L == 0 && M == 0 -> L = HOLDER; leased = true
                :: V == NONE && L == 0 && M != 0 -> leased = false
                fi
            }
#if defined(TAGS) && !defined(TAG_AFTER_LOAD) && !defined(TAG_NOT_WAITED_FOR)
            atomic { if :: tagged :: else -> index = true fi; tagged = false }    /* acknowledged before the load begins */
#endif
load:       atomic { clock[f]++; producedBy[f] = clock[f] }
            x = ROW_NOW;                       /* the method */
#if defined(SNAPSHOT) || (defined(CONTEXT) && !defined(FRESH))
            if :: j == 1 -> x = snap; exempt = true :: else fi;
#endif
#ifdef TAG_AFTER_LOAD
            index = true;
#endif
#ifdef LATE_STAMP
            atomic { clock[f]++; producedBy[f] = clock[f] }
#endif
#ifndef NO_CLOSE
            d_step { if :: open[j] == f -> open[j] = 0 :: else fi }
#endif
#if defined(NAIVE_FILL)
            atomic { V = x; ok = true; if :: L == f -> L = 0 :: else fi }
#else
#ifdef LATE
            atomic { if :: leased -> run LateFill(HOLDER, x) :: else fi }
            if :: ok = false; goto land :: skip fi;    /* no answer in time counts as not accepted */
#endif
            atomic {                           /* FILL */
                if
                :: leased && L == HOLDER && M == 0 -> V = x; L = 0; ok = true
                :: leased && L == HOLDER && M != 0 -> L = 0; ok = false
                :: else -> ok = false
                fi;
#ifdef FAILOVER
                fromNew = tookOver
#endif
            }
#endif
#ifdef FAILOVER
            atomic {
#ifndef ANSWER_BEFORE_NOTICE
                HANDED_ON;
#endif
#ifndef NO_DOUBT_FILL
                if :: IN_DOUBT -> ok = false :: else fi
#endif
            }
            goto land;
found:
            atomic {
#ifndef ANSWER_BEFORE_NOTICE
                HANDED_ON;
#endif
#ifndef NO_DOUBT_FOUND
                if :: IN_DOUBT -> leased = false; goto load :: else fi
#endif
            }
#endif
land:
            atomic {
                val[f] = x;
                accepted[f] = ok;
                landed[f] = true;
                if :: open[j] == f -> open[j] = 0 :: else fi;
                returns(x);
                goto done
            }
        fi;
bypass: atomic { returns(ROW_NOW) };
done:   atomic { exempt = false; f = 0; at = 0; x = 0; floor = 0; ok = false; leased = false; lead = false }
    :: else -> break
    od;
    readersDone++
}

inline mayDie()
{
#ifdef CRASH
    if
    :: atomic { !crashed -> crashed = true };
#ifdef STRICT
       run MarkEnds(mark);
#endif
       goto dead
    :: skip
    fi
#else
    skip
#endif
}

inline takeWriteLease()
{
    atomic {                                   /* it does not wait: without a lease it only invalidates */
        if :: WRITES_THROUGH && L == 0 && M == 0 -> L = WRITER_HOLDER; leased = true :: else fi
    }
}

proctype Writer(byte mark; byte n)
{
    byte my;
#if defined(SWEEP) || defined(TAGS)
    bool found;
#endif
#ifdef THROUGH
    byte base;
    bool leased, stored;
#endif
#ifdef FAILOVER
    byte since;
#endif

    do
    :: n > 0 ->
        n--;
#if defined(STRICT) && !defined(MARK_AFTER_COMMIT)
        atomic { MARK }
#endif
#ifdef THROUGH
#if !defined(LEASE_AFTER_READING) && !defined(LEASE_AFTER_COMMIT)
        takeWriteLease();
#endif
        base = ROW_NOW;                        /* what the method reads */
#ifdef LEASE_AFTER_READING
        takeWriteLease();
#endif
#endif
#ifdef ROLLBACK
        if :: goto rolledBack :: skip fi;
#endif
        atomic {
            db++;
            my = db;
#if defined(OUTBOX) && !defined(ROW_AFTER_COMMIT)
            rows = rows | ROW(my)
#endif
        }
#if defined(THROUGH) && defined(LEASE_AFTER_COMMIT)
        takeWriteLease();
#endif
        mayDie();
#if defined(STRICT) && defined(MARK_AFTER_COMMIT)
        atomic { MARK }
#endif
#if defined(OUTBOX) && defined(ROW_AFTER_COMMIT)
        rows = rows | ROW(my);
#endif
#if defined(OUTBOX) && defined(ROW_DELETED_FIRST)
        rows = rows & ~ROW(my);
        mayDie();
#endif
#ifdef THROUGH
        base = base | (1 << my);               /* what it returns */
#endif
#ifdef TIMEOUT
        if
#ifdef THROUGH
        :: atomic { leased -> run LateReplace(WRITER_HOLDER, base); goto unanswered }
        :: atomic { !leased -> run LateInvalidate(); goto unanswered }
#else
        :: run LateInvalidate(); goto unanswered
#endif
        :: goto unanswered
        :: skip
        fi;
#endif
#ifdef FAILOVER
        atomic {
            since = doubts;
#if !defined(NOTED_LATE) && !defined(SWEEP)
            raise(noted, my)
#endif
        }
#endif
#ifdef THROUGH
        atomic { if :: leased -> REPLACE(WRITER_HOLDER, base) :: else -> INVALIDATE fi; M = M & ~BIT }
#elif defined(SWEEP)
#ifdef FAILOVER
sweep:  since = doubts;
#endif
        remove();
#ifdef FAILOVER
        atomic {                               /* noted when it is over, and begun again if a doubt has missed the note */
            raise(noted, my);
#ifndef NOT_BEGUN_AGAIN
            if :: since != doubts -> goto sweep :: else fi
#endif
        }
#endif
#else
#ifdef TAGS
        atomic {
            found = index;
#ifdef MEMBERS_REMOVED
            index = false
#endif
        };
        atomic { if :: found -> INVALIDATE :: else fi; M = M & ~BIT };
#else
        atomic { INVALIDATE; M = M & ~BIT }
#endif
#endif
        mayDie();
#ifdef OUTBOX
        rows = rows & ~ROW(my);
#endif
        d_step {
            know(acked, my);
            know(own, my);
#if defined(FAILOVER) && defined(NOTED_LATE)
            raise(noted, my);
#endif
#if defined(THROUGH) && !defined(REPLACE_CONFIRMS)
#define REMOVED (!stored)
#else
#define REMOVED true
#endif
#if defined(FAILOVER) && !defined(OLD_ANSWER_CONFIRMS)
            if :: journal <= my && since == doubts && REMOVED -> journal = 0 :: else fi
#else
            if :: journal <= my && REMOVED -> journal = 0 :: else fi
#endif
        }
        goto next;
#ifdef ROLLBACK
rolledBack:
#ifdef THROUGH
#ifdef REPLACE_AFTER_ROLLBACK
        atomic { if :: leased -> REPLACE(WRITER_HOLDER, ROW_NOW | (1 << (db + 1))) :: else fi }
#else
        atomic { if :: leased && L == WRITER_HOLDER -> L = 0 :: else fi }
#endif
#endif
        goto next;
#endif
unanswered:
        atomic {
#ifdef JOURNAL
            raise(journal, my);
#endif
            know(own, my)
        }
next:   skip;
#ifdef THROUGH
        d_step { leased = false; stored = false; base = 0 }
#endif
    :: else -> break
    od;
dead:
    writersDone++
}

#define WRITTEN (writersDone == WRITERS)

/* Repeats what the journal holds; an acknowledgement frees only the entry that was there when the command was sent. */
proctype Retry()
{
    byte sent;
#ifdef SWEEP
    bool found;
#endif
#ifdef FAILOVER
    byte since;
#endif

    do
    :: journal != 0 ->
#ifdef FAILOVER
        atomic { sent = journal; since = doubts };
#else
        sent = journal;
#endif
        remove();
        atomic {
#ifdef CONFIRM_ANY
            journal = 0;
#elif defined(FAILOVER) && !defined(OLD_ANSWER_CONFIRMS)
            if :: journal == sent && since == doubts -> journal = 0 :: else fi;
#else
            if :: journal == sent -> journal = 0 :: else fi;
#endif
            know(acked, sent)
        }
    :: WRITTEN && journal == 0 && noticed -> break
    od;
    retryDone = true
}

proctype Relay()
{
    byte seen;

again:
    do
    :: rows != 0 ->
        seen = rows;
#ifdef RELAY_DELETES_FIRST
        rows = rows & ~seen;
        if :: !relayDied -> relayDied = true; goto again :: skip fi;
        atomic { INVALIDATE }
#else
        atomic { INVALIDATE }
        if :: !relayDied -> relayDied = true; goto again :: skip fi;
        rows = rows & ~seen
#endif
    :: WRITTEN && rows == 0 -> break
    od;
    relayDone = true
}

proctype Expiry() { if :: atomic { L != 0 -> L = 0 } :: skip fi }

init
{
    atomic {
#ifndef SINGLE
        run Reader(0, RC);
#endif
        run Reader(1, RC);
#if !defined(FEW) && !defined(SINGLE)
        run Reader(0, RC);
#endif
        run Writer(1, WC);
#ifdef W2
        run Writer(2, 1);
#endif
#ifdef OUTBOX
        run Relay();
#else
        relayDone = true;
#endif
#ifdef JOURNAL
        run Retry();
#else
        retryDone = true;
#endif
#ifdef EVICTED
        run Eviction();
#endif
#ifdef FAILOVER
        run Failover()
#else
        run Expiry()
#endif
    }
    (readersDone == READERS && WRITTEN && relayDone && retryDone && _nr_pr == 1);
    assert(V == NONE || V == ROW_NOW)               /* rest */
}
