using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>What can be wrong with an external step.</summary>
internal static class ExternalErrors
{
    public static ErrorText WrongName(string where, string name) =>
        new($"{where}: '{name}' cannot be the name of a stage", [("expected", "a letter, then letters, digits, _ and -")]);

    public static ErrorText WrongEntry(string where, string path, bool hasEntries) =>
        new(
            $"{where}: an output is not {(hasEntries ? "a path with {entry}, as every step of 'for_each' makes its own" : "a path without {entry}, as there is no 'for_each'")}",
            [("found", path)]);

    public static ErrorText NameTaken(string where, string name) => new($"{where}: this campaign has a stage '{name}' already");

    public static ErrorText WrongInput(string where, string path) =>
        new($"{where}: '{path}' needs one of 'products', 'files' and 'dataset', with something in it");

    public static ErrorText NoProduct(string where, string stage, string path, IEnumerable<string> known) => new(
        $"{where}: {stage} reads '{path}', which no stage makes", [("nearest", ErrorText.Nearest(path, known))]);

    public static ErrorText NoDataset(string where, string stage, string name, IEnumerable<string> known) => new(
        $"{where}: {stage} reads the dataset '{name}', which this campaign does not have", [("nearest", ErrorText.Nearest(name, known))]);

    public static ErrorText NoExternalProduct(string where, string path, IEnumerable<string> known) => new(
        $"{where}: 'external://{path}' is made by no external stage",
        [("nearest", ErrorText.Nearest(path, known)), ("known", string.Join(", ", known))]);

    public static ErrorText TwoMakers(string where, string stage, string path, string other) => new(
        $"{where}: {stage} makes '{path}', which {other} makes too");

    public static ErrorText NotOneFile(string where, string stage, string role, int count) => new(
        $"{where}: an argument of {stage} has {{input:{role}}}, but {role} is {count} files",
        [],
        $"write {{inputs:{role}}} as an argument of its own, {{list:{role}}}, or  for_each: {role}");

    public static Misuse OpenBrace(string where, string argument) =>
        new(new ErrorText($"{where}: a '{{' is never closed", [("argument", argument)], "a brace itself is written {{"));

    public static Misuse InputsNotAlone(string where, string argument) =>
        new(new ErrorText($"{where}: {{inputs:…}} must be an argument of its own", [("argument", argument)]));

    public static Misuse NoEntry(string where, string argument) =>
        new(new ErrorText($"{where}: there is no {{entry}} without 'for_each'", [("argument", argument)]));

    public static Misuse UnknownPlaceholder(string where, string argument, string inside, IEnumerable<string> known)
    {
        string[] all = [.. known];
        return new Misuse(new ErrorText($"{where}: there is no placeholder {{{inside}}}",
            [("argument", argument), ("nearest", ErrorText.Nearest(inside, all, 1)), ("known", string.Join(", ", all))],
            "a brace itself is written {{"));
    }

    public static StepFailed Ended(ExternalSettings stage, ProcessOutcome outcome, LastLines printed) => new(new ErrorText(
        $"{stage.Name}: the program ended with {outcome.How}", [.. Program(stage), ("last lines", Text(printed))]))
    { WasKilled = outcome.WasKilled };

    public static StepFailed Unwritten(ExternalSettings stage, ExternalOutput output, string expected, LastLines printed) =>
        new(
            new ErrorText(
        $"{stage.Name}: the program ended well, but did not write {output.Name}",
        [
            ("expected", $"{expected} in its working folder"),
            ("output stated at", output.Where),
            .. Program(stage),
            ("last lines", Text(printed)),
        ]));

    public static StepFailed Empty(ExternalSettings stage, ExternalOutput output, string place) => new(new ErrorText(
        $"{stage.Name}: the program wrote nothing into {output.Name}",
        [("empty", place), ("output stated at", output.Where)],
        "if that is right, say  may_be_empty: true"));

    public static StepFailed Link(ExternalSettings stage, string place) => new(new ErrorText(
        $"{stage.Name}: the program left a symbolic link where a file of its own should be", [("link", place)]));

    public static StepFailed Undeclared(ExternalSettings stage, IEnumerable<string> files) => new(new ErrorText(
        $"{stage.Name}: the program wrote outputs that are not declared",
        [("files", string.Join(", ", files.Take(10))), ("stage stated at", stage.ProgramWhere)],
        "declare them, or let the program write them elsewhere in its working folder"));

    private static (string, string)[] Program(ExternalSettings stage) => [("program", stage.Program), ("stated at", stage.ProgramWhere)];

    private static string Text(LastLines printed) => printed.ToString() is { Length: > 0 } text ? text : "(it printed nothing)";
}
