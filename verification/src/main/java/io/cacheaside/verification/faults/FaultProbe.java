package io.cacheaside.verification.faults;

import io.cacheaside.policy.MarkPolicy;
import io.cacheaside.spi.BypassReason;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.Removal;
import io.cacheaside.verification.history.Recorder;
import io.cacheaside.verification.history.documents.Document;
import io.cacheaside.verification.history.documents.Documents;
import io.cacheaside.verification.history.documents.Probe;
import io.cacheaside.verification.history.documents.Rows;
import io.cacheaside.verification.history.documents.Shelves;
import io.cacheaside.verification.history.documents.Unconfirmed;
import io.cacheaside.verification.history.documents.Way;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the fault race has inside a JVM: it notes which removals Redis has acknowledged, knows which it has not, and ends
 * the JVM at a point of its work, as {@code kill -9} would.
 */
public final class FaultProbe implements Probe {

    private static final int KILLED = 137;

    private final ReentrantLock recording = new ReentrantLock();
    private final Map<Integer, Long> open = new ConcurrentHashMap<>();
    private final Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();
    /** A time after the thread's last commit and before the acknowledgement of its removal. */
    private final ThreadLocal<Long> lastCommitted = ThreadLocal.withInitial(System::nanoTime);

    private final AtomicReference<@Nullable Point> deadly = new AtomicReference<>();
    private final Shelves shelves;
    private final MarkPolicy marks;
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable Recorder recorder;

    /** A probe of documents on {@code shelves} that lets marks live as {@code marks} says. */
    public FaultProbe(Shelves shelves, MarkPolicy marks) {
        this.shelves = shelves;
        this.marks = marks;
    }

    /** Notes removals in {@code next} from now on. */
    void record(Recorder next) {
        recorder = next;
    }

    /** How many documents were changed without acknowledgement, and no removal that was sent since was acknowledged. */
    public int open() {
        return open.size();
    }

    /** When a read was told for the first time that Redis is not asked; 0 where none was. */
    public long firstRefusal() {
        return refused.get();
    }

    /** From now on {@link #firstRefusal} counts anew. */
    public void forgetRefusals() {
        refused.set(0);
    }

    @Override
    public CacheListener listener() {
        return new CacheListener() {
            @Override
            public void bypass(String cache, BypassReason reason) {
                if (reason == BypassReason.UNAVAILABLE && refused.get() == 0) {
                    refused.compareAndSet(0, System.nanoTime());
                }
            }
        };
    }

    /** {@code documents}, whose unconfirmed changes are seen. */
    public Documents watching(Documents documents) {
        return new Documents() {
            @Override
            public Document read(int id) {
                return documents.read(id);
            }

            @Override
            public Map<Integer, Integer> change(int id, Way way) {
                try {
                    return documents.change(id, way);
                } catch (Unconfirmed change) {
                    change.versions().forEach(FaultProbe.this::unconfirmed);
                    throw change;
                }
            }

            @Override
            public void tour(int first, int second) {
                documents.tour(first, second);
            }

            @Override
            public long hits() {
                return documents.hits();
            }

            @Override
            public void close() {
                documents.close();
            }
        };
    }

    /** The JVM ends when it comes to {@code point}. */
    void dieAt(Point point) {
        deadly.set(point);
    }

    private void reached(Point point) {
        if (deadly.get() == point) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    @Override
    public MarkPolicy marks() {
        return marks;
    }

    @Override
    public CacheStore store(CacheStore store) {
        // by reflection, so that whatever else a store can do stays the store's
        return (CacheStore) Proxy.newProxyInstance(
                CacheStore.class.getClassLoader(),
                new Class<?>[] {CacheStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "remove" -> watched(store, method, arguments);
                    case "removeTagged" -> watchedAll(store, method, arguments, shelves.tagged((String) arguments[0]));
                    case "removeAll" -> watchedAll(store, method, arguments, shelves.under((String) arguments[0]));
                    default -> call(store, method, arguments);
                });
    }

    private Object watchedAll(CacheStore store, Method method, Object[] arguments, Collection<Integer> ids)
            throws Throwable {
        long sent = System.nanoTime();
        return answer(store, method, arguments).thenRun(() -> acknowledged(ids, sent));
    }

    @SuppressWarnings("unchecked")
    private static CompletableFuture<Void> answer(CacheStore store, Method method, Object[] arguments)
            throws Throwable {
        return (CompletableFuture<Void>) Objects.requireNonNull(call(store, method, arguments));
    }

    private Object watched(CacheStore store, Method method, Object[] arguments) throws Throwable {
        @SuppressWarnings("unchecked")
        Collection<Removal> removals = (Collection<Removal>) arguments[0];
        long sent = System.nanoTime();
        lastCommitted.set(sent);
        if (arguments.length == 2) {
            @SuppressWarnings("unchecked")
            Consumer<Collection<Removal>> told = (Consumer<Collection<Removal>>) arguments[1];
            Consumer<Collection<Removal>> first = group -> {
                acknowledged(ids(group), sent);
                told.accept(group);
            };
            return Objects.requireNonNull(call(store, method, new Object[] {removals, first}));
        }
        return answer(store, method, arguments).thenRun(() -> acknowledged(ids(removals), sent));
    }

    /** The calling thread's change of a document was not acknowledged when it returned. */
    private void unconfirmed(int id, int version) {
        long committed = lastCommitted.get();
        recording(to -> to.committed(id, version, committed));
        open.put(id, committed);
        if (acknowledged.getOrDefault(id, Long.MIN_VALUE) >= committed) {
            open.remove(id, committed);
        }
    }

    private static @Nullable Object call(CacheStore store, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Collection<Integer> ids(Collection<Removal> removals) {
        return removals.stream().map(removal -> Shelves.id(removal.key())).toList();
    }

    private void acknowledged(Collection<Integer> ids, long sent) {
        long now = System.nanoTime();
        for (int id : ids) {
            acknowledged.merge(id, sent, Math::max);
            open.computeIfPresent(id, (key, since) -> since <= sent ? null : since);
        }
        recording(to -> to.removed(ids, sent, now));
    }

    private void recording(Consumer<Recorder> note) {
        Recorder to = recorder;
        if (to == null) {
            return;
        }
        recording.lock();
        try {
            note.accept(to);
        } finally {
            recording.unlock();
        }
    }

    @Override
    public Outbox outbox(Outbox outbox) {
        return new Outbox() {
            @Override
            public void ready() {
                outbox.ready();
            }

            @Override
            public Receipt note(Collection<Note> notes) {
                reached(Point.OUTBOX_BEFORE);
                Receipt receipt = outbox.note(notes);
                reached(Point.OUTBOX_AFTER);
                return receipt;
            }
        };
    }

    /** The calling thread has changed rows; without a transaction they are committed. */
    private void raised() {
        reached(Point.COMMIT_BEFORE);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    lastCommitted.set(System.nanoTime());
                }
            });
        } else {
            lastCommitted.set(System.nanoTime());
        }
    }

    /** The table {@code table} with this probe's points. */
    Rows rows(JdbcTemplate jdbc, String table, int longestPauseMillis) {
        return new Rows(jdbc, table, longestPauseMillis) {
            @Override
            public Document find(int id) {
                Document found = super.find(id);
                reached(Point.LOAD);
                return found;
            }

            @Override
            public int raise(int id) {
                int version = super.raise(id);
                raised();
                return version;
            }

            @Override
            public Map<Integer, Integer> raiseAll(Shelves.Span span) {
                Map<Integer, Integer> versions = super.raiseAll(span);
                raised();
                return versions;
            }
        };
    }
}
