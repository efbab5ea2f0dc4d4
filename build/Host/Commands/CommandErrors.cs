using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>What can be wrong with a command line.</summary>
internal static class CommandErrors
{
    private const int MostShown = 20;

    private static IEnumerable<string> Known => Options.All.Select(option => option.ToString());

    public static Misuse Unknown(string word) => new(new ErrorText($"there is no option '{word}'",
        [("nearest", ErrorText.Nearest(word, Known))], "dotnet cake  without options lists them all"));

    public static Misuse Positional(string word) => new(new ErrorText($"'{word}' is not an option",
        [("expected", "--name=value or a flag --name")], $"a target is named with  --target={word}"));

    public static Misuse NoValue(Option option) => new(new ErrorText($"{option} has no value", [("expected", option.Usage)]));

    public static Misuse Needed(Option option, string tool) =>
        new(new ErrorText($"--target={tool} needs {option}", [("expected", option.Usage)]));

    public static Misuse FlagWithValue(Option option, string value) => new(new ErrorText($"{option} takes no value",
        [("found", $"{option}={value}"), ("expected", option.Usage)]));

    public static Misuse Twice(Option option) => new($"{option} stands there more than once");

    public static Misuse BadValue(Option option, string value, string expected) => new(new ErrorText($"{option}={value} makes no sense",
        [("expected", expected)]));

    public static Misuse StageNamedAsTool(string name) =>
        new(new ErrorText($"the campaign's stage '{name}' is called like a target of ours", [], "give it another name under  external:"));

    public static Misuse OtherTool(Option option) => new(new ErrorText($"{option} belongs to another target",
        [("used by", string.Join(", ", option.Tools.Select(tool => $"--target={tool}")))]));

    public static Misuse Executor(string name) => new(new ErrorText(
        $"there is no executor '{name}'",
        [("known", string.Join(", ", Options.Executors))]));

    public static Misuse JsonTree() =>
        new(new ErrorText("--json does not go with --tree or --description", [], "the same as JSON gives  --target=Graph --json"));

    public static Misuse NotLocked(Option option) => new(new ErrorText($"--target=Lock does not go with {option}",
        [("because", "the lock says what the campaign gives as it stands in its file")],
        "write the setting into the campaign, or leave it out"));

    public static Misuse UnknownStep(string name, IReadOnlyList<string> steps, IEnumerable<string> products) => new(new ErrorText(
        $"there is no step '{name}', and no step makes a product of that name",
        [("nearest", ErrorText.Nearest(name, steps.Concat(products)))], "dotnet cake --target=Graph --steps  lists them all"));

    public static Misuse ManySteps(string stage, IReadOnlyList<string> steps) => new(new ErrorText($"'{stage}' has {steps.Count} steps",
        [
            .. steps.Take(MostShown).Select(step => ("step", step)),
            .. steps.Count > MostShown ? [("…", $"and {steps.Count - MostShown} more")] : Array.Empty<(string, string)>(),
        ],
        "name one of them"));

    public static Misuse NotTogether(Option one, Option other) => new($"{one} does not go with {other}");

    public static Misuse WouldOverwrite(string file) => new(new ErrorText($"'{file}' is there already, and stays as it is",
        [], "name another file by  --out=CAMPAIGN.yaml"));

    public static StepFailed Kept(IReadOnlyList<string> edited) =>
        new(
            new ErrorText(
                $"{Words.Count(edited.Count, "product")} edited since a step made {(edited.Count == 1 ? "it" : "them")}: kept",
        [
            .. edited.Take(MostShown).Select(path => ("kept", path)),
            .. edited.Count > MostShown ? [("…", $"and {edited.Count - MostShown} more")] : Array.Empty<(string, string)>(),
        ],
        "save what you need of them, then add  --force"));

    public static StepFailed StaleProducts(IReadOnlyList<(string Step, string Reason)> stale) =>
        new(
            new ErrorText(
                $"{Words.Count(stale.Count, "step")} must run before the products can be locked",
        [
            .. stale.Take(MostShown),
            .. stale.Count > MostShown ? [("…", $"and {stale.Count - MostShown} more")] : Array.Empty<(string, string)>(),
        ],
        "dotnet cake --target=Evaluate"));

    public static Misuse UnknownTarget(string name, string campaign, IReadOnlyList<string> stages, IReadOnlyList<string> others) =>
        new(
            new ErrorText(
        $"there is no target '{name}'",
        [
            ("nearest", ErrorText.Nearest(name, stages.Concat(others))),
            ($"stages of {campaign}", string.Join(", ", stages)),
            ("other targets", string.Join(", ", others)),
        ]));
}
