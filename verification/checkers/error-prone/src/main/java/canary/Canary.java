package canary;

/** Forgets a result. */
final class Canary {
    static void forget(String text) {
        text.trim();
    }
}
