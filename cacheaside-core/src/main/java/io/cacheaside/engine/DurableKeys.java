package io.cacheaside.engine;

import io.cacheaside.error.OutboxException;
import io.cacheaside.spi.Outbox;
import io.cacheaside.spi.Outbox.Note;
import io.cacheaside.spi.Outbox.Receipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable keys of one transaction. They are noted in the outbox before its commit, all in one batch, so that the rows
 * are there if and only if it commits; after the removal the outbox is told whether it has to be repeated.
 */
final class DurableKeys {

    private final @Nullable Outbox outbox;
    private final Set<Note> noted = new HashSet<>();
    private final List<Receipt> receipts = new ArrayList<>();

    DurableKeys(@Nullable Outbox outbox) {
        this.outbox = outbox;
    }

    static boolean areAmong(Collection<Stale> keys) {
        for (Stale key : keys) {
            if (key.policy().durable()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Notes the durable ones among {@code stale} that are not noted yet.
     *
     * @throws OutboxException where that fails: the transaction must not commit
     */
    void note(Collection<Stale> stale) {
        List<Note> notes = Stale.merged(stale).stream()
                .filter(key -> key.policy().durable())
                .map(key -> new Note(key.cache(), key.key(), key.policy().settle()))
                .filter(note -> !noted.contains(note))
                .toList();
        if (notes.isEmpty()) {
            return;
        }
        if (outbox == null) {
            throw new OutboxException("No outbox takes the durable invalidation of " + notes);
        }
        receipts.add(outbox.note(notes));
        noted.addAll(notes);
    }

    /** The transaction is over and the removal was tried. */
    void tried(boolean acknowledged) {
        for (Receipt receipt : receipts) {
            if (acknowledged) {
                receipt.delivered();
            } else {
                receipt.undelivered();
            }
        }
    }
}
