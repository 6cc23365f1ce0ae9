package io.cacheaside.samples.demo;

/** Key prefix of one run. The database is new in each, so entries that an earlier run left in a Redis are not its own. */
final class Namespace {

    private Namespace() {}

    static String ofThisRun() {
        return "demo-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    }
}
