// OpenNLP's DictionaryNameFinder over its SimpleTokenizer.
import java.nio.file.*;
import java.util.*;
import opennlp.tools.dictionary.Dictionary;
import opennlp.tools.namefind.DictionaryNameFinder;
import opennlp.tools.tokenize.SimpleTokenizer;
import opennlp.tools.util.StringList;
import opennlp.tools.util.Version;

class OpenNLPPeer {
  public static void main(String[] args) throws Exception {
    long began = System.nanoTime();
    List<String> names = Files.readAllLines(Path.of(args[0]));
    String[] texts = Files.readString(Path.of(args[1])).split("\f\n");
    long start = System.nanoTime();
    Dictionary dictionary = new Dictionary(true);
    for (String name : names) {
      String[] tokens = SimpleTokenizer.INSTANCE.tokenize(name);
      if (tokens.length > 0) dictionary.put(new StringList(tokens));
    }
    DictionaryNameFinder finder = new DictionaryNameFinder(dictionary, "name");
    double loaded = since(start);
    StringJoiner seconds = new StringJoiner(",", "[", "]");
    long matches = 0;
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      long from = System.nanoTime();
      matches = 0;
      for (String text : texts) matches += finder.find(SimpleTokenizer.INSTANCE.tokenize(text)).length;
      seconds.add(Double.toString(since(from)));
      if (since(began) + since(from) > Double.parseDouble(args[3])) break;
    }
    System.out.printf(Locale.ROOT, "{\"version\":\"OpenNLP %s, Java %s\",\"load_s\":%f,\"seconds\":%s,\"matches\":%d}%n",
        Version.currentVersion(), System.getProperty("java.version"), loaded, seconds, matches);
  }

  static double since(long start) { return (System.nanoTime() - start) / 1e9; }
}
