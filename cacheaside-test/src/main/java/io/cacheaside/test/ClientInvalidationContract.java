package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.engine.FillTerms;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.entry.Cached;
import io.cacheaside.entry.Explanation.State;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.TransactionBoundary.Completion;
import io.cacheaside.test.GatedSlots.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the calls of a client without annotations remove, and when. */
public abstract class ClientInvalidationContract extends ClientCast {

    @Test
    void invalidation_isSeenByTheNextRead_howeverItNamesTheKey() {
        CacheAsideClient client = built(builder());
        Cache<Long, String> users = client.cache(name, Long.class, String.class);
        List<Runnable> ways = List.of(
                () -> users.invalidate(1L, 2L),
                () -> users.invalidate(List.of(1L)),
                () -> client.invalidate(name + ":1", name + ":2"),
                () -> client.invalidate(key(1)),
                () -> client.invalidate(name, List.of(name + ":1", key(2))),
                () -> users.async().invalidate(1L).join(),
                () -> client.async().invalidate(name + ":1").join());
        for (Runnable way : ways) {
            store(users, 1);
            rows.merge(1L, "+", String::concat);
            way.run();
            assertThat(users.getOrLoad(1L, this::row)).isEqualTo(rows.get(1L));
            users.invalidate(1L);
        }
    }

    @Test
    void invalidationLater_isSeenSomeTime() {
        CacheAsideClient client = built(builder());
        Cache<Long, String> users = client.cache(name, Long.class, String.class);
        List<Runnable> ways = List.of(
                () -> users.invalidateLater(List.of(1L, 2L)),
                () -> client.invalidateLater(name, List.of(name + ":1", key(2))));
        for (Runnable way : ways) {
            store(users, 1);
            way.run();
            await("the removal", () -> users.peek(1L).state() == Cached.State.NOTHING);
        }
    }

    @Test
    void invalidationOfAll_removesWhatIsThere() {
        CacheAsideClient client = built(builder());
        Cache<Long, String> users = client.cache(name, Long.class, String.class);
        List<Runnable> ways = List.of(
                users::invalidateAll,
                () -> users.async().invalidateAll().join(),
                () -> client.async().invalidateAll(name).join());
        for (Runnable way : ways) {
            store(users, 1);
            way.run();
            assertThat(users.peek(1L)).isEqualTo(Cached.nothing());
        }
    }

    @Test
    void invalidationOfATag_removesWhatIsRegisteredUnderIt_alsoWithAFuture() throws Throwable {
        CacheAsideClient client = built(builder());
        ReadPath tagged = client.readPath(client.policyOf(name, CacheSettings.NONE), String.class);
        tagged.declareTags();
        FillTerms terms = TagInterleavingsContract.under(List.of("test:of:" + name));
        List<Runnable> ways = List.of(
                () -> client.invalidateTags(List.of("of:" + name)),
                () -> client.async().invalidateTags(List.of("of:" + name)).join());
        for (Runnable way : ways) {
            int fills = gates().answered(Operation.FILL);
            tagged.read(key(1), () -> row(1), terms);
            awaitFills(fills + 1);
            assertThat(client.peek(key(1), String.class)).isEqualTo(Cached.of("Ann"));
            way.run();
            assertThat(client.peek(key(1), String.class)).isEqualTo(Cached.nothing());
        }
    }

    @Test
    void invalidationInATransaction_followsItsCompletion_alsoWithAFuture() {
        Cache<Long, String> users = users();
        store(users, 1);
        rows.put(1L, "Ada");
        transactions.begin();
        assertThat(users.async().invalidate(1L)).isCompleted();
        assertThat(gates().answered(Operation.INVALIDATE)).isZero();
        assertThat(users.getOrLoad(1L, this::row)).isEqualTo("Ada");
        assertThat(users.peek(1L).state()).isEqualTo(Cached.State.NOTHING);
        assertThat(users.explain(1L).state()).isEqualTo(State.BYPASS);
        transactions.complete(Completion.COMMITTED);
        assertThat(gates().answered(Operation.INVALIDATE)).isOne();
        assertThat(users.getOrLoad(1L, this::row)).isEqualTo("Ada");
    }

    @Test
    void invalidationInTheBackground_isSeenAfterItsLag_inATransactionAfterItsCompletion() {
        Cache<Long, String> users = users();
        store(users, 1);
        rows.put(1L, "Ada");
        transactions.begin();
        List<Long> reused = new ArrayList<>(List.of(1L, 2L));
        users.invalidateLater(reused);
        reused.clear();
        assertThat(gates().answered(Operation.INVALIDATE)).isZero();
        transactions.complete(Completion.COMMITTED);
        await("the lag's end", () -> users.peek(1L).state() == Cached.State.NOTHING);
        assertThat(users.getOrLoad(1L, this::row)).isEqualTo("Ada");
    }
}
