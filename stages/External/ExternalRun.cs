using System.Globalization;
using TauPipeline.BuildGraph;

namespace TauPipeline.Stages;

/// <summary>
/// One attempt at an external step. Its working folder is fresh and looks the same every time: <c>inputs/ROLE/…</c> are links to
/// what it reads, <c>outputs/…</c> is what it must write; all paths it is given are relative, so none of ours gets into its outputs.
/// </summary>
internal sealed class ExternalRun
{
    private const ulong Seeds = 900_000_000; // what ROOT, Pythia and cmsRun all take
    // Less than the engine's own patience with us: then the group is gone before we are.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ExternalSettings _stage;
    private readonly StepRun _run;
    private readonly string _entry, _folder;
    private readonly List<(ExternalOutput Output, string Place, string Target)> _outputs;

    public ExternalRun(ExternalSettings stage, StepRun run, string entry)
    {
        _stage = stage;
        _run = run;
        _entry = entry;
        _outputs = [.. stage.Outputs.Select(output => (output, output.From ?? "outputs/" + output.PathOf(entry), TargetOf(output)))];
        // Beside the first output it is of this attempt alone, and on the disk where outputs are renamed from.
        _folder = _outputs[0].Target + ".working-folder";
    }

    /// <summary>Runs the program on these inputs and takes its outputs.</summary>
    public void Do(IReadOnlyList<ExternalItem> read)
    {
        Dictionary<string, IReadOnlyList<string>> inputs = Prepare(read);
        LastLines output = new(), error = new();
        bool hasError = false;
        ProcessOutcome outcome = ProcessRunner.Run(
            new ProcessRequest(_stage.Program, [.. _stage.Arguments.SelectMany(argument => argument.Fill(Values(inputs)))])
            {
                Folder = _folder,
                HasCleanEnvironment = true,
                Environment = Variables(),
                Grace = Grace,
                Line = line => { Console.WriteLine(line); output.Add(line); },
                ErrorLine = line => { Console.WriteLine(line); error.Add(line); hasError = true; },
            }, _run.Cancellation);
        LastLines printed = hasError ? error : output;
        if (outcome.ExitCode != 0) throw ExternalErrors.Ended(_stage, outcome, printed);
        Take(printed);
        Directory.Delete(_folder, recursive: true);
    }

    private string TargetOf(ExternalOutput output)
    {
        using FilePlace place = _run.Create<FilePlace>(output.ProductOf(_entry));
        return place.Path;
    }

    private Dictionary<string, IReadOnlyList<string>> Prepare(IReadOnlyList<ExternalItem> read)
    {
        Directory.CreateDirectory(At("tmp"));
        Directory.CreateDirectory(At("outputs"));
        foreach ((ExternalOutput output, string place, _) in _outputs)
            Directory.CreateDirectory(output.IsFolder ? At(place) : Path.GetDirectoryName(At(place))!);
        foreach (ExternalItem item in read)
        {
            string link = At(LinkOf(item));
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            using FilePlace file = _run.Stream<FilePlace>(item.Artifact);
            File.CreateSymbolicLink(link, file.Path);
        }
        return _stage.Inputs.ToDictionary(
            input => input.Role,
            IReadOnlyList<string> (input) => [.. read.Where(item => item.Role == input.Role).Select(LinkOf)]);
    }

    private ArgumentValues Values(Dictionary<string, IReadOnlyList<string>> inputs) => new(inputs,
        _outputs.ToDictionary(output => output.Output.Name, output => output.Place),
        role =>
        {
            string list = $"inputs/{role}.list";
            File.WriteAllText(At(list), string.Concat(inputs[role].Select(path => path + "\n")));
            return list;
        },
        word => word switch
        {
            "entry" => _entry,
            "scratch" => Scratch(),
            "seed" => (1 + _run.Seed($"external {_entry}") % Seeds).ToString(CultureInfo.InvariantCulture),
            "threads" => _stage.Needs.Cpu.ToString(CultureInfo.InvariantCulture),
            _ => (_run.Memory >> 20).ToString(CultureInfo.InvariantCulture),
        });

    private Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = _folder,
            ["TMPDIR"] = At("tmp"),
            ["LC_ALL"] = "C.UTF-8",
            ["TZ"] = "UTC",
        };
        foreach ((string name, string value) in _stage.Variables) variables[name] = value;
        return variables;
    }

    private void Take(LastLines printed)
    {
        foreach ((ExternalOutput output, string place, string target) in _outputs)
        {
            string from = At(place);
            if (!(output.IsFolder ? Directory.Exists(from) : File.Exists(from)))
                throw ExternalErrors.Unwritten(_stage, output, place, printed);
            string[] files = output.IsFolder ? Directory.GetFiles(from, "*", SearchOption.AllDirectories) : [from];
            if (
                files.Concat(output.IsFolder ? Directory.GetDirectories(from, "*", SearchOption.AllDirectories) : [])
                    .FirstOrDefault(IsLink) is
                { } link)
                throw ExternalErrors.Link(_stage, Path.GetRelativePath(_folder, link));
            if (!output.MayBeEmpty && files.All(file => new FileInfo(file).Length == 0)) throw ExternalErrors.Empty(_stage, output, place);
            if (output.IsFolder) Directory.Move(from, target);
            else File.Move(from, target);
        }
        string[] left = Directory.GetFiles(At("outputs"), "*", SearchOption.AllDirectories);
        if (left.Length > 0) throw ExternalErrors.Undeclared(_stage, left.Select(file => Path.GetRelativePath(_folder, file)));
    }

    private string Scratch()
    {
        string kept = Path.Combine(_run.Scratch, "kept");
        Directory.CreateDirectory(kept);
        string link = At("scratch");
        if (!Path.Exists(link)) File.CreateSymbolicLink(link, kept);
        return "scratch";
    }

    private static string LinkOf(ExternalItem item) => $"inputs/{item.Role}/{item.Link}";

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private string At(string place) => Path.Combine(_folder, place);
}
