using System.Text.RegularExpressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Shows what is in a ROOT or HDF5 file.</summary>
internal sealed class InspectTool : ITool
{
    public string Name => "Inspect";

    public string Summary =>
        "what is in a ROOT or HDF5 file: --file=F [--object=PATH] [--branch=REGEX] [--json] [--values] [--as-root=OUT.root] [--as-parquet=OUT.parquet]";

    public int Run(Invocation call)
    {
        string file = call.Line.Value(Options.File) ?? throw CommandErrors.Needed(Options.File, Name);
        if (call.Line.All(Options.File).Count > 1) throw CommandErrors.Twice(Options.File);
        if (!File.Exists(file)) throw new Misuse($"there is no file '{file}'");
        if (call.Line.Has(Options.AsRoot) && call.Line.Has(Options.AsParquet))
            throw CommandErrors.NotTogether(Options.AsRoot, Options.AsParquet);
        if (call.Line.Value(Options.AsRoot) is { } root) return WriteAs(Options.AsRoot, file, root, call);
        if (call.Line.Value(Options.AsParquet) is { } parquet) return WriteAs(Options.AsParquet, file, parquet, call);
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

    private static int WriteAs(Option format, string file, string place, Invocation call)
    {
        if (Path.GetFullPath(place) == Path.GetFullPath(file)) throw new Misuse($"{format}={place} is the file that is read");
        Regex? pattern = Pattern(call.Line.Value(Options.Branch));
        bool Wanted(string name) => pattern?.IsMatch(name) ?? true;
        bool isRoot = format == Options.AsRoot;
        long rows = isRoot
            ? TupleShardAsRoot.Write(file, place, Wanted, call.Cancellation)
            : TupleShardAsParquet.Write(file, place, Wanted, call.Cancellation);
        call.Terminal.Output.WriteLine(
            call.Line.Has(Options.Json)
                ? JsonLine.Of(line =>
                {
                    line.Write("file", place);
                    if (isRoot) line.Write("tree", TupleShardAsRoot.TreeName);
                    line.Write("entries", rows);
                })
            : isRoot ? $"{place}  tree {TupleShardAsRoot.TreeName}, {rows} entries" : $"{place}  {rows} rows");
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
