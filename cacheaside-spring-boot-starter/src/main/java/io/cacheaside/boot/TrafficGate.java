package io.cacheaside.boot;

import io.cacheaside.aspect.warm.WarmListener;
import io.cacheaside.aspect.warm.WarmReport;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;

/**
 * Lets the readiness state refuse traffic while an application that has accepted some is warmed again. At its start Boot
 * itself refuses traffic until the runners have returned. Whoever else refuses traffic meanwhile is not overruled.
 */
final class TrafficGate implements WarmListener, ApplicationListener<AvailabilityChangeEvent<?>> {

    private final ApplicationEventPublisher events;
    private final boolean always;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean accepting;
    private boolean warming;
    private boolean refusing;

    /** {@code always}: not only at the start. */
    TrafficGate(ApplicationEventPublisher events, boolean always) {
        this.events = events;
        this.always = always;
    }

    @Override
    public void begun() {
        lock.lock();
        try {
            warming = true;
            refuse();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(WarmReport report) {
        lock.lock();
        try {
            warming = false;
            if (refusing) {
                refusing = false;
                AvailabilityChangeEvent.publish(events, this, ReadinessState.ACCEPTING_TRAFFIC);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        if (event.getSource() == this || !(event.getState() instanceof ReadinessState state)) {
            return;
        }
        lock.lock();
        try {
            accepting = state == ReadinessState.ACCEPTING_TRAFFIC;
            refusing = false;
            refuse();
        } finally {
            lock.unlock();
        }
    }

    private void refuse() {
        if (always && warming && accepting && !refusing) {
            refusing = true;
            AvailabilityChangeEvent.publish(events, this, ReadinessState.REFUSING_TRAFFIC);
        }
    }
}
