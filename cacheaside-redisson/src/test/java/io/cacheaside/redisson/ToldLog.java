package io.cacheaside.redisson;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the adapter and Redisson log while this is open. */
final class ToldLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    ToldLog() {
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** The adapter's warnings. */
    List<String> warnings() {
        return messages(Level.WARN);
    }

    /** What the adapter logged at {@code level}. */
    List<String> messages(Level level) {
        return events.stream()
                .filter(event ->
                        event.getLevel() == level && event.getLoggerName().startsWith("io.cacheaside.redisson"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    boolean warnsOf(String text) {
        return warnings().stream().anyMatch(warning -> warning.contains(text));
    }

    /** All that anybody logged, with the causes of exceptions. */
    String everything() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.getFormattedMessage())
                .append(
                        event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        return text.toString();
    }

    @Override
    public void close() {
        root.detachAppender(this);
    }
}
