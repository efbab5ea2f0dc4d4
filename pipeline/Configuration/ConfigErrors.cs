using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>What can be wrong with a campaign or a manifest.</summary>
internal static class ConfigErrors
{
    public static Misuse CannotRead(string shownAs, string path, Exception cause) => new(new ErrorText(
        $"'{shownAs}' cannot be read",
        [
            ("because", cause is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : cause.Message),
            ("path", path),
        ]),
    cause);

    public static Misuse NoSheet(YamlPlace place, string file, string key) => new(new ErrorText(
        $"{place}: this is no sheet of an exported model", [("file", file), ("it lacks", key)],
        "take the model.json that --target=Export writes, or say inputs:, output: and classes: here"));

    public static Misuse NotYaml(string file, long line, string why) =>
        new(new ErrorText($"{file}:{line}: this is not YAML", [("because", why)]));

    public static ErrorText UnknownKey(YamlPlace place, string block, string key, IReadOnlySet<string> known) => new(
        $"{place}: '{block}' has no key '{key}'",
        [("nearest", ErrorText.Nearest(key, known, 1)), ("known", string.Join(", ", known.Order(StringComparer.Ordinal)))]);

    public static ErrorText Missing(YamlPlace place, string block, string key) => new($"{place}: '{block}' needs a key '{key}'");

    public static ErrorText Wrong(YamlPlace place, string path, string expected, string found) => new(
        $"{place}: '{path}' is not {expected}", [("expected", expected), ("found", found)]);

    public static ErrorText OutOfRange(YamlPlace place, string path, string min, string max, string found) =>
        Wrong(place, path, $"between {min} and {max}", found);

    public static ErrorText NotOneOf(YamlPlace place, string path, string found, IReadOnlyList<string> options) => new(
        $"{place}: '{path}' cannot be '{found}'",
        [("nearest", ErrorText.Nearest(found, options, 1)), ("choices", string.Join(", ", options))]);

    public static Misuse UnknownOverride(string given, string block, string key, IEnumerable<string> known) => new(new ErrorText(
        $"--set {given}: '{block}' has no key '{key}'",
        [("nearest", ErrorText.Nearest(key, known))],
        "write  --set +path=value  to add an entry to a map or list"));

    public static Misuse RemoteAddress(string address, string where) => new(new ErrorText(
        $"{where}: '{address}' is an address on another machine, and such files are not fetched yet", [("kind", KindOf(address))],
        $"copy the file here{(IsXRootD(address) ? $", say by  xrdcp {address} ." : "")}, and name the copy"));

    public static Misuse RemoteOutput(string address, string where) => new(new ErrorText(
        $"{where}: '{address}' is an address on another machine, and nothing is written there yet", [("kind", KindOf(address))],
        $"write it here, and copy it{(IsXRootD(address) ? $", say by  xrdcp FILE {address}" : "")}"));

    private static string KindOf(string address) =>
        IsXRootD(address) ? "XRootD" : address[..address.IndexOf("://", StringComparison.Ordinal)];

    private static bool IsXRootD(string address) =>
        address.StartsWith("root://", StringComparison.Ordinal) || address.StartsWith("roots://", StringComparison.Ordinal);

    public static ErrorText SharedFile(NamedFile one, NamedFile other) => new(
        one.Dataset == other.Dataset
            ? $"{other.StatedAt}: a raw file is named twice"
            : $"{other.StatedAt}: datasets '{one.Dataset}' and '{other.Dataset}' name the same file",
        one.Location == other.Location
            ? [("file", other.Location), ("first", one.StatedAt)]
            : [("file", other.Location), ("same as", one.Location), ("first", one.StatedAt)],
        one.Dataset == other.Dataset
            ? null
            : "name it in one of them: with  use: both  its events are split between training and evaluation");

    /// <summary>All mistakes at once; one alone is shown as it is.</summary>
    public static Misuse Together(IReadOnlyList<ErrorText> mistakes) => mistakes.Count == 1
        ? new Misuse(mistakes[0])
        : new Misuse(new ErrorText($"{mistakes.Count} mistakes in the campaign\n" + string.Join('\n', mistakes)));
}
