package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.spi.Ticker;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log tells of invalidations that are not acknowledged. */
class JournalLogTest {

    private static final String KEY = TestJvm.key("k");

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.cacheaside.engine");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final MemorySlots slots = new MemorySlots(Ticker.system());
    private final TestJvm jvm = new TestJvm(Slots.of(slots), TestJvm.settings());

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void close() {
        jvm.close();
        logger.detachAppender(logged);
    }

    private List<String> errors() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void unconfirmedInvalidations_areOneErrorAMinute() {
        jvm.gates().cutOff(key -> true);
        IntStream.range(0, 50).forEach(i -> jvm.invalidate(KEY + i));
        assertThat(errors())
                .singleElement()
                .asString()
                .contains(KEY + "0", "bypasses the cache for these keys", "other JVMs may serve them");
    }

    @Test
    void close_sendsWhatIsLeftOnceMoreAndTellsOfTheRest() {
        jvm.gates().cutOff(key -> true);
        List<String> lost =
                IntStream.range(0, 30).mapToObj(i -> KEY + ":lost:" + i).toList();
        jvm.invalidate(lost);
        jvm.invalidate(KEY);
        jvm.gates().cutOff(key -> key.contains(":lost:"));
        jvm.close();
        assertThat(jvm.invalidated()).as("what can be acknowledged").isEqualTo(1);
        assertThat(errors())
                .last()
                .asString()
                .contains("Closed with 30 unconfirmed", "caches [race]", KEY + ":lost:", "until their TTL ends");
        assertThat(errors().get(errors().size() - 1).split(":lost:"))
                .as("some keys")
                .hasSize(21);
    }

    @Test
    void closeWithNothingLeft_tellsNothing() {
        jvm.invalidate(KEY);
        jvm.close();
        assertThat(errors()).isEmpty();
    }

    @Test
    void distrustedCache_isToldWithWhatItMeansAndLeftOnClose() {
        jvm.gates().cutOff(key -> true);
        jvm.invalidate(IntStream.range(0, 50_001).mapToObj(i -> KEY + ":" + i).toList());
        assertThat(errors())
                .anySatisfy(error -> assertThat(error)
                        .contains(
                                "This JVM distrusts all keys of cache 'race'",
                                "bypasses each cache that may have some",
                                "Other JVMs",
                                "docs/operations.md"));
        jvm.close();
        assertThat(errors()).last().asString().contains("removal of the distrusted [all keys of cache 'race']");
    }
}
