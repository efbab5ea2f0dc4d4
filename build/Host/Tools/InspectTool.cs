using System.Text.RegularExpressions;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Shows what is in a ROOT or HDF5 file.</summary>
internal sealed class InspectTool : ITool
{
    public string Name => "Inspect";

    public string Summary => "what is in a ROOT or HDF5 file: --file=F [--object=PATH] [--branch=REGEX] [--values]";

    public int Run(Invocation call)
    {
        string file = call.Line.Value(Options.File) ?? throw CommandErrors.Needed(Options.File, Name);
        if (!File.Exists(file)) throw new Misuse($"there is no file '{file}'");
        var request = new InspectRequest(file, call.Line.Value(Options.Object), Pattern(call.Line.Value(Options.Branch)), call.Line.Has(Options.Values));
        foreach (InspectedObject found in FileInspectors.For(file).Look(request))
            foreach (string line in call.Line.Has(Options.Json) ? Json(found) : Text(found)) call.Terminal.Output.WriteLine(line);
        return ExitCode.Done;
    }

    private static Regex? Pattern(string? text)
    {
        try { return text is null ? null : new Regex(text, RegexOptions.CultureInvariant); }
        catch (ArgumentException wrong) { throw new Misuse(new ErrorText($"--branch={text} is not a regular expression", [("found", wrong.Message)]), wrong); }
    }

    private static IEnumerable<string> Text(InspectedObject found)
    {
        yield return $"{found.Path}  {found.Kind}";
        int name = found.Columns.Select(column => column.Name.Length).DefaultIfEmpty().Max(), type = found.Columns.Select(column => column.Type.Length).DefaultIfEmpty().Max();
        foreach (InspectedColumn column in found.Columns) yield return $"  {column.Name.PadRight(name)}  {column.Type.PadRight(type)}  {column.Values}".TrimEnd();
    }

    private static IEnumerable<string> Json(InspectedObject found)
    {
        yield return JsonLine.Of(line => line.Write("object", found.Path).Write("kind", found.Kind));
        foreach (InspectedColumn column in found.Columns)
            yield return JsonLine.Of(line => line.Write("object", found.Path).Write("column", column.Name).Write("type", column.Type).Write("values", column.Values));
    }
}
