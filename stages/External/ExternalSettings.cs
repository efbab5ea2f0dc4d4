using System.Globalization;
using System.Text.RegularExpressions;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>A block below <c>external:</c>: a program that is not ours, run as a stage of that name.</summary>
public sealed record ExternalSettings
{
    private static readonly Regex StageName = new("^[A-Za-z][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant);

    private ExternalSettings(string name, ConfigBlock block)
    {
        Name = name;
        if (!StageName.IsMatch(name)) block.Mistakes.Add(ExternalErrors.WrongName(block.Where, name));
        Summary = block.Text("summary", "A program that is not ours");
        Program = block.Text("program");
        ProgramWhere = block.Text("stated_at", block.At("program"));
        Version = block.Has("version") ? block.Text("version") : null;
        Inputs = [.. block.Blocks("inputs").Select(input => ExternalInput.Read(input.Name, input.Block))];
        Outputs = [.. block.Blocks("outputs").Select(output => ExternalOutput.Read(output.Name, output.Block))];
        if (Outputs.Count == 0) block.Wrong("outputs", "at least one file or folder", "none");
        ForEach = block.Has("for_each")
            ? block.Choice("for_each", [.. Inputs.Select(input => input.Role), .. Inputs.Count == 0 ? [""] : Array.Empty<string>()])
            : null;
        foreach (ExternalOutput output in Outputs)
            if (output.EntryFault(ForEach is not null) is { } fault) block.Mistakes.Add(fault);
        Arguments =
        [
            .. block.Texts("arguments", [])
                .Select(argument =>
                    block.Mistakes.Try(() => ArgumentTemplate.Parse(argument, Names(), block.At("arguments")), ArgumentTemplate.Empty)),
        ];
        ConfigBlock environment = block.Block("environment");
        environment.Texts("pass", []);
        Variables = [.. environment.TextMap("passed"), .. environment.TextMap("set")];
        Needs = ExternalNeeds.Read(block.Block("resources"));
        Where = block.Where;
    }

    /// <summary>Name of the stage.</summary>
    public string Name { get; }

    /// <summary>What it does, in a line.</summary>
    public string Summary { get; }

    /// <summary>The program: an absolute path, or a name to look for on <c>PATH</c>.</summary>
    public string Program { get; }

    /// <summary>The stated version; if <see langword="null"/> the program's file is its version.</summary>
    public string? Version { get; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<ArgumentTemplate> Arguments { get; }

    /// <summary>What it reads.</summary>
    public IReadOnlyList<ExternalInput> Inputs { get; }

    /// <summary>What it writes.</summary>
    public IReadOnlyList<ExternalOutput> Outputs { get; }

    /// <summary>The input that gives one step for each of its files; one step for all if <see langword="null"/>.</summary>
    public string? ForEach { get; }

    /// <summary>Variables it sees besides the minimal ones: passed on from ours, then constant ones.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; }

    /// <summary>What it needs to run.</summary>
    public ExternalNeeds Needs { get; }

    /// <summary><c>file:line</c> of the block.</summary>
    public string Where { get; }

    /// <summary>Where the program is named.</summary>
    public string ProgramWhere { get; }

    /// <summary>
    /// What the result depends on besides inputs and program: neither what it needs to run, nor its summary, nor places on this machine.
    /// </summary>
    public SettingsUsed Used => new(
    [
        .. Arguments.Select(
            (argument, i) => KeyValuePair.Create($"external.{Name}.arguments.{i.ToString(CultureInfo.InvariantCulture)}", argument.Text)),
        .. Variables.Select(variable => KeyValuePair.Create($"external.{Name}.environment.{variable.Name}", variable.Value)),
        .. Outputs.Select(output => KeyValuePair.Create($"external.{Name}.outputs.{output.Name}", output.Text)),
    ]);

    /// <summary>Reads the block <c>external:</c>, in the file's order.</summary>
    public static IReadOnlyList<ExternalSettings> ReadAll(ConfigBlock root) =>
        [.. root.Blocks("external").Select(stage => new ExternalSettings(stage.Name, stage.Block))];

    private ArgumentNames Names() => new([.. Inputs.Select(input => input.Role)], [.. Outputs.Select(output => output.Name)], ForEach);
}
