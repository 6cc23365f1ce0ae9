package io.cacheaside.verification.history.documents;

import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs work in a transaction. */
public final class Transactions {

    private final TransactionTemplate usual;
    private final TransactionTemplate snapshot;

    /** Transactions of {@code manager}. */
    public Transactions(PlatformTransactionManager manager) {
        usual = new TransactionTemplate(manager);
        snapshot = new TransactionTemplate(manager);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** What {@link #change} answers after a rollback. */
    static final int NOTHING = -1;

    /** The versions by id after a change of {@code id} that made {@code version}, or {@link #NOTHING}. */
    static Map<Integer, Integer> versions(int id, int version) {
        return version == NOTHING ? Map.of() : Map.of(id, version);
    }

    /** The answer of {@code change} after its commit; {@link #NOTHING} after its rollback. */
    int change(boolean commit, IntSupplier change) {
        Integer version = usual.execute(status -> {
            int made = change.getAsInt();
            if (commit) {
                return made;
            }
            status.setRollbackOnly();
            return NOTHING;
        });
        return version == null ? NOTHING : version;
    }

    /** Runs {@code reads} where every statement sees the database as the first one saw it. */
    void snapshot(Supplier<Document> reads) {
        snapshot.execute(status -> reads.get());
    }

    /** Reads two rows in a snapshot, for sides whose transactions leave their cache alone. */
    void tour(Rows rows, int first, int second) {
        snapshot(() -> {
            rows.find(first);
            return rows.find(second);
        });
    }
}
