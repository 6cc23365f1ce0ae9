package io.cacheaside.samples.shop;

/** All that the shop knows of a customer, of three tables, as the account page shows it. */
public record Account(Profile profile, Settings settings, Preferences preferences) {

    /** How a customer wants to be dealt with. */
    public record Settings(int customer, String currency, boolean newsletter) {}

    /** What a customer likes to see. */
    public record Preferences(int customer, String category, String theme) {}
}
