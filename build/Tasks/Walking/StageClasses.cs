using System.Reflection;
using System.Reflection.Metadata;
using System.Text.RegularExpressions;

namespace TauPipeline.Tasks;

/// <summary>The stages of the catalogue, and what their constructors take: artifacts, manifest entries and settings.</summary>
internal sealed class StageClasses(Rooms rooms)
{
    private const string Stage = "TauPipeline.BuildGraph.IStage", RecordMark = "<Clone>$";

    // What may be handed in besides records of the stages' own, and lists of these.
    private static readonly string[] Artifacts = ["TauPipeline.BuildGraph.Artifact", "TauPipeline.BuildGraph.Artifact`1"];
    private static readonly Regex Content = new(@"TauPipeline\.BuildGraph\.Artifact`1<[^<>]*>");
    private static readonly string[] Lists =
    [
        "System.Collections.Generic.IReadOnlyList`1",
        "System.Collections.Generic.IReadOnlyDictionary`2",
        "System.Nullable`1",
    ];

    // What a record may not hide: then what a stage does would hang on something that no fingerprint sees.
    private static readonly string[] Engine = ["TauPipeline.BuildGraph.", "TauPipeline.Configuration."];
    private static readonly string[] Plain = [.. Artifacts, "TauPipeline.BuildGraph.RawSource"];
    private static readonly string[] Delegates = ["System.Func`", "System.Action", "System.Delegate", "System.Lazy`"];

    public IEnumerable<RoomType> All(string room) =>
        rooms.All.Where(one => one.Name == room)
            .SelectMany(one => one.Types)
            .Where(IsStage)
            .OrderBy(type => type.FullName, StringComparer.Ordinal);

    public static bool IsStage(RoomType type)
    {
        MetadataReader reader = type.Room.Reader;
        return !type.Definition.Attributes.HasFlag(TypeAttributes.Interface) && type.Definition.GetInterfaceImplementations()
            .Select(one => reader.GetInterfaceImplementation(one).Interface).Any(one => one.Kind switch
            {
                HandleKind.TypeReference => NameOf(reader, (TypeReferenceHandle)one) == Stage,
                HandleKind.TypeDefinition => type.Room.NameOf((TypeDefinitionHandle)one) == Stage,
                _ => false,
            });
    }

    /// <summary>The records that a stage's constructor takes, and those of the stages' own that these hold.</summary>
    /// <exception cref="UnfitCodeException">It takes anything else.</exception>
    public IReadOnlyList<RoomType> SettingsOf(RoomType stage)
    {
        var records = new List<RoomType>();
        foreach (RoomMethod constructor in CodeMembers.MethodsOf(stage).Where(method => method.Name == ".ctor"))
        {
            var wrong = new List<string>();
            var names = new TypeNames(rooms, stage.Room, Ours, name => Take(Bare(name), Artifacts.Concat(Lists).Contains(Bare(name))));
            IEnumerable<string> parameters = constructor.Definition.DecodeSignature(names, null).ParameterTypes.Select(Bare);
            // What an artifact contains is told by its type argument, and is not handed in.
            string taken = string.Join(", ", parameters.Select(parameter => Content.Replace(parameter, "artifact")));
            if ((wrong.Find(name => taken.Contains(name, StringComparison.Ordinal)) ?? parameters.FirstOrDefault(IsPrimitive)) is { } first)
                throw Wrong(stage, first);

            string Ours(RoomType type)
            {
                bool isRecord = type.Room == stage.Room && IsRecord(type);
                if (isRecord && !records.Contains(type)) records.Add(type);
                return Take(type.FullName, isRecord || Artifacts.Contains(type.FullName));
            }

            string Take(string name, bool isRight)
            {
                if (!isRight) wrong.Add(name);
                return name;
            }
        }
        for (int at = 0; at < records.Count; at++) Open(stage, records[at], records);
        return records;
    }

    // Fields of a record: other records of the stages' own are looked into as well.
    private void Open(RoomType stage, RoomType record, List<RoomType> records)
    {
        string? wrong = null;
        var names = new TypeNames(rooms, record.Room, Ours, Theirs);
        foreach (
            FieldDefinition field in record
                .Definition.GetFields()
                .Select(record.Room.Reader.GetFieldDefinition)
                .Where(field => !field.Attributes.HasFlag(FieldAttributes.Static)))
            field.DecodeSignature(names, null);
        if (wrong is not null) throw Wrong(stage, $"{record.FullName}, which holds {wrong}");

        string Ours(RoomType type)
        {
            if (IsStage(type) || !IsAllowed(type.FullName)) wrong ??= type.FullName;
            else if (type.Room == record.Room && IsRecord(type) && !records.Contains(type)) records.Add(type);
            return type.FullName;
        }

        void Theirs(string name)
        {
            if (!IsAllowed(Bare(name))) wrong ??= Bare(name);
        }
    }

    private static bool IsAllowed(string name) =>
        Plain.Contains(name) || !Engine.Concat(Delegates).Any(start => name.StartsWith(start, StringComparison.Ordinal));

    private static bool IsRecord(RoomType type) =>
        !IsStage(type)
        && type.Definition.GetMethods()
            .Any(method => type.Room.Reader.StringComparer.Equals(type.Room.Reader.GetMethodDefinition(method).Name, RecordMark));

    private static bool IsPrimitive(string parameter) => Enum.TryParse<PrimitiveTypeCode>(parameter.TrimEnd('&', '*', '[', ']'), out _);

    private static string Bare(string name) => name[(name.IndexOf(']', StringComparison.Ordinal) + 1)..];

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle) =>
        $"{reader.GetString(reader.GetTypeReference(handle).Namespace)}.{reader.GetString(reader.GetTypeReference(handle).Name)}";

    private static UnfitCodeException Wrong(RoomType stage, string what) => new(
        $"the constructor of {CodeMembers.ShortName(stage)} takes {what}: a stage takes artifacts, manifest entries and its settings record, or what it does hangs on something that no fingerprint sees"
    );
}
