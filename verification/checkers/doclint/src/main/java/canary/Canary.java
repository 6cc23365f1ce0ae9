package canary;

/** Links to {@link Nothing}. */
final class Canary {}
