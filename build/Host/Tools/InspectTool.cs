using System.Text.RegularExpressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Shows what is in a ROOT or HDF5 file.</summary>
internal sealed class InspectTool : ITool
{
    public string Name => "Inspect";

    public string Summary =>
        "what is in a ROOT or HDF5 file: --file=F [--object=PATH] [--branch=REGEX] [--json] [--values] [--as-root=OUT.root]";

    public int Run(Invocation call)
    {
        string file = call.Line.Value(Options.File) ?? throw CommandErrors.Needed(Options.File, Name);
        if (call.Line.All(Options.File).Count > 1) throw CommandErrors.Twice(Options.File);
        if (!File.Exists(file)) throw new Misuse($"there is no file '{file}'");
        if (call.Line.Value(Options.AsRoot) is { } root) return WriteRoot(file, root, call);
        int exit = ExitCode.Done;
        var request = new InspectRequest(file, call.Line.Value(Options.Object),
            Pattern(call.Line.Value(Options.Branch)), call.Line.Has(Options.Values))
        {
            Cancellation = call.Cancellation,
            Warn = text => call.Terminal.Error.WriteLine($"warning: {text}"),
            Refuse = text =>
            {
                call.Terminal.Error.WriteLine(text);
                exit = ExitCode.StepFailed;
            },
        };
        IFileInspector inspector = FileInspectors.For(file);
        bool asJson = call.Line.Has(Options.Json);
        IEnumerable<string> lines =
            asJson && request.Values && inspector.Digests(request) is { } digests
                ? digests
                : inspector.Look(request).SelectMany(found => asJson ? Json(found) : Text(found));
        foreach (string line in lines)
        {
            call.Cancellation.ThrowIfCancellationRequested();
            call.Terminal.Output.WriteLine(line);
        }
        return exit;
    }

    private static int WriteRoot(string file, string root, Invocation call)
    {
        if (Path.GetFullPath(root) == Path.GetFullPath(file)) throw new Misuse($"--as-root={root} is the file that is read");
        Regex? wanted = Pattern(call.Line.Value(Options.Branch));
        long rows = TupleShardAsRoot.Write(file, root, name => wanted?.IsMatch(name) ?? true, call.Cancellation);
        call.Terminal.Output.WriteLine(
            call.Line.Has(Options.Json)
                ? JsonLine.Of(line => line.Write("file", root).Write("tree", TupleShardAsRoot.TreeName).Write("entries", rows))
            : $"{root}  tree {TupleShardAsRoot.TreeName}, {rows} entries");
        return ExitCode.Done;
    }

    private static Regex? Pattern(string? text)
    {
        try { return text is null ? null : new Regex(text, RegexOptions.CultureInvariant); }
        catch (ArgumentException wrong)
        {
            throw new Misuse(new ErrorText($"--branch={text} is not a regular expression", [("found", wrong.Message)]), wrong);
        }
    }

    private static IEnumerable<string> Text(InspectedObject found)
    {
        yield return $"{found.Path}  {found.Kind}";
        int name = found.Columns.Select(column => column.Name.Length).DefaultIfEmpty().Max(),
            type = found.Columns.Select(column => column.Type.Length).DefaultIfEmpty().Max(),
            stored = found.Columns.Select(column => column.Stored?.ToString().Length ?? 0).DefaultIfEmpty().Max();
        foreach (InspectedColumn column in found.Columns)
            yield return $"  {column.Name.PadRight(name)}  {column.Type.PadRight(type)}  {(column.Stored?.ToString() ?? "").PadRight(stored)}  {column.Values}".TrimEnd();
    }

    private static IEnumerable<string> Json(InspectedObject found)
    {
        yield return JsonLine.Of(line => line.Write("object", found.Path).Write("kind", found.Kind));
        foreach (InspectedColumn column in found.Columns)
            yield return JsonLine.Of(line =>
                Stored(line.Write("object", found.Path).Write("column", column.Name).Write("type", column.Type), column.Stored)
                    .Write("values", column.Values));
    }

    private static JsonLine Stored(JsonLine line, StoredForm? stored) =>
        stored is null
            ? line
            : line.Write("baskets", stored.Parts)
                .Write("form", stored.Form)
                .Write("bytes", stored.Bytes)
                .Write("unpacked", stored.Unpacked);
}
