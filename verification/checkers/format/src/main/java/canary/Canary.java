package canary;

/** Is not indented as everybody else is. */
final class Canary {
  private Canary( ) {}
}
