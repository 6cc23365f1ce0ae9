package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.entry.Cached;
import io.cacheaside.entry.Explanation;
import io.cacheaside.entry.Explanation.Origin;
import io.cacheaside.entry.Explanation.State;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.test.GatedSlots.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client tells of its keys without reading them: what is cached, what a read would meet, and why. */
public abstract class ExplanationContract extends ClientCast {

    @Test
    void peek_tellsAValueAnAbsenceAndNothing() {
        Cache<Long, String> users = users(remembering());
        assertThat(users.peek(1L)).isEqualTo(Cached.nothing());
        store(users, 1);
        store(users, 9);
        assertThat(users.peek(1L)).isEqualTo(Cached.of("Ann"));
        assertThat(users.async().peek(1L).join().toOptional()).contains("Ann");
        assertThat(users.peek(9L)).isEqualTo(Cached.absent());
        assertThat(queries).hasSize(2);
        assertThat(gates().answered(Operation.ACQUIRE)).isEqualTo(2);
    }

    @Test
    void peekAndExplain_prolongNothing() {
        Cache<Long, String> sessions = users(CacheSettings.builder().ttl(SHORT).expiry(Expiry.AFTER_ACCESS));
        store(sessions, 1);
        await("the session's end, whoever looks", () -> {
            sessions.explain(1L);
            return sessions.peek(1L).state() == Cached.State.NOTHING;
        });
    }

    @Test
    void explanation_ofAHit() {
        CacheAsideClient client = built(builder());
        Cache<Long, String> users = client.cache(name, Long.class, String.class, CacheSettings.ttl(MINUTE));
        store(users, 1);
        for (Explanation hit : List.of(users.explain(1L), client.explain(name + ":1"))) {
            assertThat(hit.state()).isEqualTo(State.HIT);
            assertThat(hit.key()).isEqualTo(key(1));
            assertThat(hit.reasons()).containsExactly("a value is stored");
            assertThat(hit.ttl()).isEqualTo(MINUTE);
            assertThat(hit.origin()).isEqualTo(Origin.DECLARED);
            assertThat(hit.left()).isBetween(Duration.ofSeconds(30), MINUTE);
            assertThat(hit.age()).isLessThan(Duration.ofSeconds(30));
            assertThat(hit.payloadBytes()).isPositive();
            assertThat(hit.lease()).isNull();
            assertThat(hit.mark()).isNull();
        }
    }

    @Test
    void explanation_ofAMiss_tellsWhoIsLoading_andTakesNoLease() {
        Cache<Long, String> users = users();
        assertThat(users.explain(1L).state()).isEqualTo(State.MISS);
        assertThat(users.explain(1L).reasons()).containsExactly("nothing is stored");
        Gate gate = new Gate("load");
        CompletableFuture<@Nullable String> read = users.async().getOrLoad(1L, id -> {
            gate.pass();
            return row(id);
        });
        gate.awaitArrival();
        Explanation loading = users.explain(1L);
        assertThat(loading.state()).isEqualTo(State.MISS);
        assertThat(loading.lease()).isPositive();
        assertThat(loading.reasons()).anyMatch(reason -> reason.startsWith("somebody is loading it"));
        gate.open();
        assertThat(read.join()).isEqualTo("Ann");
        awaitFills(1);
        assertThat(users.explain(1L).state()).isEqualTo(State.HIT);
        assertThat(gates().answered(Operation.ACQUIRE)).isOne();
    }

    @Test
    void explanation_ofAMissOfACacheThatNobodyReads_saysSo() {
        CacheAsideClient client = built(builder());
        assertThat(client.explain(name + ":1").reasons())
                .containsExactly("nothing is stored", "no read of the cache '" + name + "' is known here");
        client.cache(name, Long.class, String.class);
        assertThat(client.explain(name + ":1").reasons()).containsExactly("nothing is stored");
    }

    @Test
    void explanation_ofAnAbsenceAndOfItsEnd() {
        Cache<Long, String> users = users(remembering());
        store(users, 9);
        assertThat(users.explain(9L).state()).isEqualTo(State.HIT);
        assertThat(users.explain(9L).reasons()).containsExactly("that the source has no value is remembered");
    }

    @Test
    void explanation_ofAValuePastItsLifetime_isStaleWhereItMayAnswer() {
        CacheSettings.Builder brief = CacheSettings.builder().ttl(SHORT).staleFor(MINUTE);
        Cache<Long, String> users = users(brief);
        store(users, 1);
        await("the end of the value", () -> users.explain(1L).state() == State.STALE);
        assertThat(users.peek(1L)).isEqualTo(Cached.nothing());
        Cache<Long, String> strict = users(CacheSettings.builder());
        assertThat(strict.explain(1L).state()).isEqualTo(State.MISS);
    }

    @Test
    void explanation_ofAValueWhoseStorerKnewNoMaximum() {
        store(users(), 1);
        Cache<Long, String> bounded =
                users(CacheSettings.builder().ttl(SHORT).maxLifetime(SHORT).expiry(Expiry.AFTER_ACCESS));
        await("the maximum", () -> bounded.explain(1L).reasons().contains("the value is past its maximum lifetime"));
        assertThat(bounded.peek(1L)).isEqualTo(Cached.nothing());
    }

    @Test
    void explanation_ofAMarkedKey() {
        Cache<Long, String> users = users();
        Races.answer(gates().slots().store().mark(List.of(key(1)), 7, MINUTE));
        Explanation marked = users.explain(1L);
        assertThat(marked.mark()).isPositive();
        assertThat(marked.reasons()).anyMatch(reason -> reason.startsWith("a strict write is under way"));
    }

    @Test
    void explanation_ofAKeyWhoseRemovalIsUnconfirmed_isABypass() {
        Cache<Long, String> users = users();
        store(users, 1);
        Gate retries = gates().holdAllBeforeSend(Operation.INVALIDATE);
        gates().loseRequest(Operation.INVALIDATE);
        users.invalidate(1L);
        Explanation unconfirmed = users.explain(1L);
        assertThat(unconfirmed.state()).isEqualTo(State.BYPASS);
        assertThat(unconfirmed.reasons().get(0)).contains("not confirmed");
        assertThat(users.peek(1L)).isEqualTo(Cached.nothing());
        retries.open();
    }

    @Test
    void explanation_ofWhatCannotBeRead_saysWhy() {
        CacheAsideClient client = built(builder());
        gates().revive(key(1), "garbage that is longer than the header of a frame".getBytes(StandardCharsets.UTF_8));
        Explanation unknown = client.explain(key(1));
        assertThat(unknown.state()).isEqualTo(State.MISS);
        assertThat(unknown.reasons()).contains("what is stored cannot be read: magic");
        Cache<Long, String> users = client.cache(name, Long.class, String.class);
        assertThat(users.explain(1L).reasons()).contains("what is stored cannot be read: magic");
        users.invalidate(1L);
        store(users, 1);
        CacheAsideClient other = built(builder());
        assertThat(other.explain(key(1)).state()).isEqualTo(State.HIT);
        assertThat(other.explain(key(1)).reasons().get(0)).contains("whether it can be decoded is not known");
        assertThat(other.cache(name, Long.class, Integer.class).explain(1L).reasons())
                .contains("what is stored cannot be read: fingerprint");
    }
}
