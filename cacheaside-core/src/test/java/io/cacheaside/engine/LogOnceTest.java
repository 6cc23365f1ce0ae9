package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogOnceTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("log-once-test");
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final AtomicLong now = new AtomicLong();
    private final LogOnce log = new LogOnce(logger, now::get);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        told.start();
        logger.addAppender(told);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(told);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void conditionThatGoesOn_isWarnedOfOnce() {
        for (int i = 0; i < 100; i++) {
            log.warn("read", "late");
            pass(Duration.ofSeconds(50));
        }
        assertThat(told.list).hasSize(1);
    }

    @Test
    void conditionThatWasQuietForAMinute_isANewOne() {
        log.warn("read", "late");
        pass(Duration.ofSeconds(61));
        log.warn("read", "late");
        assertThat(told.list).hasSize(2);
    }

    @Test
    void otherCondition_isWarnedOfToo() {
        log.warn("read", "late");
        log.warn("fill", "late");
        assertThat(told.list).hasSize(2);
    }

    @Test
    void endlesslyManyConditions_areBounded() {
        for (int i = 0; i < 3_000; i++) {
            log.warn("condition " + i, "late");
        }
        assertThat(told.list).hasSize(1_000);
    }
}
