package io.cacheaside.engine;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Endings of one batch, kept until they are sent together; later ones are sent at once. Used by the batch's thread only. */
final class CommonEndings implements Endings {

    private final Engine engine;
    private final List<Fill> fills = new ArrayList<>();
    private final List<CompletableFuture<FillOutcome>> outcomes = new ArrayList<>();
    private final List<Claim> releases = new ArrayList<>();
    private boolean sent;

    CommonEndings(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CompletableFuture<FillOutcome> fill(Fill fill) {
        if (sent) {
            return engine.endings.fill(fill);
        }
        CompletableFuture<FillOutcome> outcome = new CompletableFuture<>();
        fills.add(fill);
        outcomes.add(outcome);
        return outcome;
    }

    @Override
    public void release(Claim claim) {
        if (sent) {
            engine.endings.release(claim);
        } else {
            releases.add(claim);
        }
    }

    void send() {
        sent = true;
        if (!fills.isEmpty()) {
            List<CompletableFuture<FillOutcome>> answers =
                    Waiting.sendAll(fills.size(), () -> engine.store.fillAll(fills));
            for (int i = 0; i < answers.size(); i++) {
                pass(answers.get(i), outcomes.get(i));
            }
        }
        if (!releases.isEmpty()) {
            Waiting.send(() -> engine.leases.releaseAll(releases));
        }
    }

    private static void pass(CompletableFuture<FillOutcome> answer, CompletableFuture<FillOutcome> to) {
        answer.whenComplete((outcome, failure) -> {
            if (failure == null) {
                to.complete(outcome);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }
}
