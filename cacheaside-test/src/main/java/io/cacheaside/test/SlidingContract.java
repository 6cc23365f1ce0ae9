package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.test.GatedSlots.Operation;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values whose life hits prolong: not beyond their maximum, and never after an invalidation. */
public abstract class SlidingContract extends Races {

    private static final Duration SHORT = Duration.ofMillis(500);

    private static CacheSettings.Builder sliding() {
        return CacheSettings.builder().expiry(Expiry.AFTER_ACCESS);
    }

    private TestJvm jvm(CacheSettings.Builder settings) {
        return jvm(settings.build().orElse(TestJvm.settings()));
    }

    private void fill(TestJvm jvm) throws Throwable {
        int filled = jvm.gates().answered(Operation.FILL);
        assertThat(jvm.read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(jvm, Operation.FILL, filled + 1);
    }

    private static void awaitMillis(long time) {
        await("that time has passed", () -> System.currentTimeMillis() > time);
    }

    @Test
    void valueThatIsRead_outlivesItsTtl() throws Throwable {
        TestJvm shortLived = jvm(sliding().ttl(SHORT));
        TestJvm sliding = jvm(sliding());
        fill(shortLived);
        assertThat(sliding.read(key(), source().loader())).isEqualTo("v1");
        String unread = TestJvm.key("unread of " + key());
        shortLived.read(unread, () -> "unread");
        await("what nobody reads is gone", () -> answer(connect().store().get(unread)) == null);
        assertThat(sliding.read(key(), source().loader())).isEqualTo("v1");
        assertThat(source().loads()).isEqualTo(1);
    }

    @Test
    void maximum_endsAValueThatIsRead() throws Throwable {
        TestJvm bounded = jvm(sliding().ttl(SHORT).maxLifetime(SHORT));
        TestJvm sliding = jvm(sliding());
        fill(bounded);
        long filled = System.currentTimeMillis();
        assertThat(sliding.read(key(), source().loader())).isEqualTo("v1");
        source().commit();
        awaitMillis(filled + SHORT.toMillis());
        assertThat(stored()).isNotNull();
        assertThat(sliding.read(key(), source().loader())).isEqualTo("v2");
    }

    @Test
    void valueOfSomebodyWhoKnowsNoMaximum_hasTheReaders() throws Throwable {
        fill(a());
        long filled = System.currentTimeMillis();
        TestJvm bounded = jvm(sliding().ttl(SHORT).maxLifetime(SHORT));
        awaitMillis(filled + SHORT.toMillis());
        source().commit();
        assertThat(bounded.read(key(), source().loader())).isEqualTo("v2");
    }

    @Test
    void absenceThatSomebodyRemembers_isNotProlonged() throws Throwable {
        TestJvm remembering = jvm(CacheSettings.builder().nullTtl(Duration.ofMinutes(1)));
        assertThat(remembering.read(key(), () -> null)).isNull();
        awaitAnswered(remembering, Operation.FILL, 1);
        TestJvm sliding = jvm(sliding());
        assertThat(sliding.read(key(), source().loader())).isEqualTo("v1");
        awaitAnswered(sliding, Operation.FILL, 1);
        assertThat(remembering.read(key(), () -> null)).isEqualTo("v1");
    }

    @Test
    void absentResult_isOneForAllWhoWaitForIt() throws Throwable {
        TestJvm sliding = jvm(sliding());
        Gate acquire = sliding.gates().holdBeforeSend(Operation.ACQUIRE);
        Call<@Nullable String> leader = sliding.start(key(), () -> null);
        acquire.awaitArrival();
        Call<@Nullable String> joiner = sliding.start(key(), source().loader());
        joiner.awaitParkedIn(ReadPath.class, "join");
        acquire.open();
        assertThat(leader.result()).isNull();
        assertThat(joiner.result()).isNull();
        assertThat(source().loads()).isZero();
    }

    @Test
    void touchThatComesAfterTheInvalidation_bringsNothingBack() throws Throwable {
        TestJvm sliding = jvm(sliding());
        fill(sliding);
        Gate touch = sliding.gates().holdBeforeSend(Operation.GET);
        Call<@Nullable String> reader = sliding.start(key(), source().loader());
        touch.awaitArrival();
        write(a());
        touch.open();
        assertThat(reader.result()).isEqualTo("v2");
        assertFresh("v2");
    }

    @Test
    void touchBeforeTheInvalidation_doesNotKeepTheOldValue() throws Throwable {
        TestJvm sliding = jvm(sliding());
        fill(sliding);
        Gate reply = sliding.gates().holdReply(Operation.GET);
        Call<@Nullable String> reader = sliding.start(key(), source().loader());
        reply.awaitArrival();
        write(a());
        reply.open();
        assertThat(reader.result()).isEqualTo("v1");
        assertThat(sliding.read(key(), source().loader())).isEqualTo("v2");
        assertFresh("v2");
    }
}
