package io.lookout.model.histogram;

import java.util.Arrays;

/** Lists of custom bucket bounds. */
final class CustomBounds {
  private CustomBounds() {}

  static boolean same(double[] a, double[] b) {
    return Arrays.equals(a, b);
  }

  /** The bounds that both lists have. */
  static double[] common(double[] a, double[] b) {
    double[] common = new double[Math.min(a.length, b.length)];
    int n = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] == b[j]) {
        common[n++] = a[i];
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return Arrays.copyOf(common, n);
  }
}
