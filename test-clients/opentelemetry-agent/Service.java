import java.io.IOException;

/** A service that does nothing until its input ends, for the agent beside it to measure. */
final class Service {
  private Service() {}

  public static void main(String[] arguments) throws IOException {
    System.in.transferTo(System.out);
  }
}
