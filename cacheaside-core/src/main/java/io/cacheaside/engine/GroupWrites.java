package io.cacheaside.engine;

import io.cacheaside.engine.Waiting.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the groups of keys that a write makes stale. As with keys, each ends acknowledged or in the journal before the
 * writer goes on; but what is large takes long, so it is waited for as long as the store goes on with it.
 */
final class GroupWrites {

    private static final Logger LOG = LoggerFactory.getLogger(GroupWrites.class);

    private final Replay replay;

    GroupWrites(Replay replay) {
        this.replay = replay;
    }

    /** Removes {@code groups}, all at once, and adds to {@code keys} what was not acknowledged. Never throws. */
    Unconfirmed send(Collection<StaleGroup> groups, Unconfirmed keys) {
        if (groups.isEmpty()) {
            return keys;
        }
        List<StaleGroup> targets = StaleGroup.merged(groups);
        List<CompletableFuture<Void>> sent =
                targets.stream().map(target -> replay.remove(target.group())).toList();
        List<StaleGroup> unconfirmed = new ArrayList<>();
        Throwable failure = keys.failure();
        for (int i = 0; i < sent.size(); i++) {
            Throwable own = failureOf(sent.get(i), targets.get(i));
            if (own != null) {
                unconfirmed.add(targets.get(i));
                failure = own;
            }
        }
        if (unconfirmed.isEmpty()) {
            return keys;
        }
        replay.keepGroups(unconfirmed.stream().map(StaleGroup::group).toList());
        LOG.debug("Not acknowledged: the removal of {}", unconfirmed, failure);
        return new Unconfirmed(keys.removals(), unconfirmed, failure);
    }

    /** The store ends what makes no progress. An interrupt ends the wait too, but not within the time that a key may take. */
    private static @Nullable Throwable failureOf(CompletableFuture<Void> sent, StaleGroup target) {
        Answer<Void> answer =
                Waiting.uninterruptibly(() -> sent, target.policy().timeout());
        if (answer.failure() instanceof TimeoutException) {
            answer = Waiting.answer(sent, Long.MAX_VALUE);
        }
        return answer.failure();
    }
}
