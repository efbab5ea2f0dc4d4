using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>
/// The Good Runs Lists of ATLAS: XML with a <c>LumiBlockCollection</c> a run, and in it <c>Run</c> and any number of
/// <c>LBRange Start="" End=""</c>. The DTD that they name is not fetched.
/// </summary>
internal static class GoodRunsList
{
    public static IEnumerable<LumiRange> Read(string text, string path)
    {
        XElement[] runs = [.. Parse(text, path).Descendants("LumiBlockCollection")];
        foreach (XElement run in runs)
        {
            long number = Number(run.Element("Run")?.Value, "Run", run, path);
            foreach (XElement range in run.Elements("LBRange"))
                yield return new LumiRange(
                    number,
                    Number(range.Attribute("Start")?.Value, "Start", range, path),
                    Number(range.Attribute("End")?.Value, "End", range, path));
        }
    }

    private static XDocument Parse(string text, string path)
    {
        using var reader = XmlReader.Create(new StringReader(text),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        try { return XDocument.Load(reader, LoadOptions.SetLineInfo); }
        catch (XmlException wrong) { throw FormatErrors.NotA($"{path}:{wrong.LineNumber}", LumiJson.Kind, wrong.Message); }
    }

    private static long Number(string? text, string what, XElement near, string path) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw FormatErrors.NotA(
                $"{path}:{((IXmlLineInfo)near).LineNumber}",
                LumiJson.Kind,
                $"'{text ?? "nothing"}' as {what} of {near.Name.LocalName}");
}
