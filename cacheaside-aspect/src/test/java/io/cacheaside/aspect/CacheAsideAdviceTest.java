package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.aspect.plan.AnnotatedMethod;
import io.cacheaside.aspect.plan.AnnotatedMethods;
import io.cacheaside.aspect.plan.Plan;
import io.cacheaside.aspect.plan.Plans;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.Removal;
import io.cacheaside.spi.Ticker;
import io.cacheaside.test.ForwardingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What both skins have from the advice, and what no caller may notice. */
class CacheAsideAdviceTest {

    private final MemorySlots slots = new MemorySlots(Ticker.system());
    private final List<Collection<String>> trips = new ArrayList<>();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.cacheaside.aspect");
    private @Nullable CacheAsideClient open;

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void close() {
        logger.detachAppender(logged);
        if (open != null) {
            open.close();
        }
    }

    private CacheAsideClient client(CacheListener listener) {
        open = Clients.on(new Recording(), slots, listener);
        return open;
    }

    private static Plan plan(CacheAsideClient client, String name) {
        AnnotatedMethod method = AnnotatedMethods.of(Methods.class).stream()
                .filter(found -> found.method().getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new Plans(client).of(method);
    }

    static class Methods {

        @Invalidate(key = {"user:#id", "name:#name"})
        @Invalidate(key = "user:#id")
        @Invalidate(key = "list:#p0")
        void write(long id, @Nullable String name) {}

        @CacheAside(key = "user:#id")
        String read(@Nullable Long id) {
            return "";
        }

        @CacheAside(key = "cond:#id", condition = "#id.missing")
        String conditional(Long id) {
            return "";
        }

        @CacheAside(key = "own:#id", ttl = "#{#result}")
        String ownTtl(Long id) {
            return "";
        }

        @Invalidate(key = "user:#id", condition = "#id.missing")
        void conditionalWrite(Long id) {}
    }

    @Test
    void allKeysOfACall_travelInOneTrip() throws Throwable {
        CacheAsideClient client = client(CacheListener.none());
        new CacheAsideAdvice(client).invoke(plan(client, "write"), new Object[] {7L, "x"}, () -> null);
        assertThat(trips).hasSize(1);
        assertThat(trips.get(0)).containsExactlyInAnyOrder("shop:user:7", "shop:name:x", "shop:list:7");
    }

    @Test
    void keysAreRemovedAfterTheMethod_notBefore() throws Throwable {
        CacheAsideClient client = client(CacheListener.none());
        new CacheAsideAdvice(client).invoke(plan(client, "write"), new Object[] {7L, "x"}, () -> {
            assertThat(trips).isEmpty();
            return null;
        });
        assertThat(trips).hasSize(1);
    }

    @Test
    void misbehavingInvalidation_hidesNeitherResultNorException() throws Throwable {
        CacheAsideClient client = client(new CacheListener() {
            @Override
            public void invalidated(String cache, int keys) {
                throw new AssertionError("a listener that throws");
            }
        });
        CacheAsideAdvice advice = new CacheAsideAdvice(client);
        Plan plan = plan(client, "write");
        assertThat(advice.invoke(plan, new Object[] {7L, "x"}, () -> "done")).isEqualTo("done");
        IOException own = new IOException("the method's own");
        assertThatThrownBy(() -> advice.invoke(plan, new Object[] {7L, "x"}, () -> {
                    throw own;
                }))
                .isSameAs(own)
                .hasNoSuppressedExceptions();
    }

    @Test
    void nullInAKey_isToldOnceAtWarn() throws Throwable {
        CacheAsideClient client = client(CacheListener.none());
        CacheAsideAdvice advice = new CacheAsideAdvice(client);
        Plan plan = plan(client, "read");
        for (int i = 0; i < 3; i++) {
            assertThat(advice.invoke(plan, new Object[] {null}, () -> "fresh")).isEqualTo("fresh");
        }
        assertThat(warnings())
                .containsExactly(Methods.class.getName() + ".read(Long) runs uncached, because #id is null");
    }

    @Test
    void otherKeysOfAWriteWithANull_areInvalidated() throws Throwable {
        CacheAsideClient client = client(CacheListener.none());
        new CacheAsideAdvice(client).invoke(plan(client, "write"), new Object[] {7L, null}, () -> null);
        assertThat(trips.get(0)).containsExactlyInAnyOrder("shop:user:7", "shop:list:7");
    }

    @Test
    void conditionThatFails_runsTheReadAndInvalidatesTheWrite() throws Throwable {
        CacheAsideClient client = client(CacheListener.none());
        CacheAsideAdvice advice = new CacheAsideAdvice(client);
        assertThat(advice.invoke(plan(client, "conditional"), new Object[] {7L}, () -> "fresh"))
                .isEqualTo("fresh");
        advice.invoke(plan(client, "conditionalWrite"), new Object[] {7L}, () -> null);
        assertThat(trips).hasSize(1);
        assertThat(warnings()).hasSize(2).allMatch(text -> text.contains("condition '#id.missing' failed"));
    }

    @Test
    void ownTtlThatIsNone_isToldOnce_namingMethodAndValue() throws Throwable {
        CacheAsideClient client = client(CacheListener.none());
        CacheAsideAdvice advice = new CacheAsideAdvice(client);
        Plan plan = plan(client, "ownTtl");
        for (int i = 0; i < 2; i++) {
            assertThat(advice.invoke(plan, new Object[] {7L}, () -> "0s")).isEqualTo("0s");
        }
        advice.invoke(plan, new Object[] {7L}, () -> "tomorrow");
        assertThat(warnings())
                .containsExactly("A result of " + Methods.class.getName() + ".ownTtl(Long) is not stored, because ttl"
                        + " '#{#result}' failed: java.lang.IllegalArgumentException: 0s is no lifetime: there is always"
                        + " one, from 1ms on");
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The slots' store, with a list of its invalidations. */
    private final class Recording extends ForwardingStore {

        Recording() {
            super(slots.store());
        }

        @Override
        public CompletableFuture<Void> remove(Collection<Removal> removals) {
            trips.add(removals.stream().map(Removal::key).toList());
            return super.remove(removals);
        }
    }
}
