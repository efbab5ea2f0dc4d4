using System.Globalization;

namespace TauPipeline.RootIO;

/// <summary>Writes the list of class descriptions that a file carries (spec section 1.6).</summary>
internal static class StreamerInfoWriter
{
    private const int MostDimensions = 5;

    public static void Write(RootWriter record, IReadOnlyList<StreamerInfo> infos)
    {
        int list = record.Begin(5);
        record.TObject().String("").I32(infos.Count);
        foreach (StreamerInfo info in infos)
        {
            int pointer = record.BeginPointer("TStreamerInfo"), start = record.Begin(9);
            record.TNamed(info.ClassName, "").U32(info.Checksum).I32(info.ClassVersion);
            int array = record.BeginPointer("TObjArray");
            record.Array(info.Elements.Count, i => Element(record, info.Elements[i], infos));
            record.End(array);
            record.End(start);
            record.End(pointer);
            record.String("");
        }
        record.End(list);
    }

    private static void Element(RootWriter record, StreamerElement element, IReadOnlyList<StreamerInfo> infos)
    {
        int pointer = record.BeginPointer(element.ElementClass);
        int outer = record.Begin(element.ElementClass is "TStreamerBase" or "TStreamerSTL" ? 3 : 2), start = record.Begin(4);
        record.TNamed(element.Name, element.Title).I32(element.Type).I32(element.Size).I32(0).I32(0);
        // A base class keeps its checksum where other members keep their first dimension.
        uint baseChecksum =
            element.ElementClass == "TStreamerBase" ? infos.FirstOrDefault(info => info.ClassName == element.Name)?.Checksum ?? 0 : 0;
        record.U32(baseChecksum);
        for (int i = 1; i < MostDimensions; i++) record.I32(0);
        record.String(element.TypeName);
        record.End(start);
        foreach (string extra in element.Extra)
        {
            if (int.TryParse(extra, CultureInfo.InvariantCulture, out int number)) record.I32(number);
            else record.String(extra);
        }
        record.End(outer);
        record.End(pointer);
    }
}
