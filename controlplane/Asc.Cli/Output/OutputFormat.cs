namespace Asc.Cli.Output;

/// <summary>How data is printed.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Yaml,
}
