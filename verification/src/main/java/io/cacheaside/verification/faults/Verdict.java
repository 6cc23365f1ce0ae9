package io.cacheaside.verification.faults;

import java.time.Duration;

/** What becomes of one request. */
sealed interface Verdict {

    /** It goes to the server, and the reply comes back. */
    Verdict PASS = new Late(Duration.ZERO, Duration.ZERO);

    /** The connection ends before the server has it. */
    Verdict CUT = new Fate();

    /** The server executes it; instead of the reply the connection ends. */
    Verdict LOSE = new Fate();

    /** The server executes it; the connection says nothing any more. */
    Verdict MUTE = new Fate();

    /** The server never has it; the connection says nothing any more. */
    Verdict SWALLOW = new Fate();

    /** One of those that end what the connection is good for; told apart by identity. */
    final class Fate implements Verdict {
        private Fate() {}
    }

    /** It goes to the server after one time, the reply comes back after another; what is behind it waits. */
    record Late(Duration request, Duration reply) implements Verdict {}

    /** It passes, and some time later the server has it once more, on another connection; that reply is dropped. */
    record Again(Duration later) implements Verdict {}

    /** The server never has it, and this is answered: the words of an error, such as {@code LOADING …}. */
    record Refuse(String error) implements Verdict {}

    /** Decides for each request; called on the threads of the connections. */
    @FunctionalInterface
    interface Rule {

        /** Lets everything pass. */
        Rule PASS_ALL = request -> PASS;

        /** The fate of {@code request}. */
        Verdict of(Request request);
    }
}
